import finder from './zh/finder.json'

/** Words of the finder and of demands. */
export default { finder }
