import account from './en/account.json'
import charts from './en/charts.json'
import common from './en/common.json'
import company from './en/company.json'
import drug from './en/drug.json'
import gaps from './en/gaps.json'
import institution from './en/institution.json'
import map from './en/map.json'
import matrix from './en/matrix.json'
import nearest from './en/nearest.json'
import overview from './en/overview.json'
import parts from './en/parts.json'
import region from './en/region.json'
import sources from './en/sources.json'
import words from './en/words.json'

/** Every word of the product in English. A new file is named here and in `zh.ts`. */
export default { ...common, words, account, charts, map, overview, matrix, company, drug, gaps, institution, nearest, parts, region, sources }
