import finder from './en/finder.json'

/** Words of the finder and of demands. */
export default { finder }
