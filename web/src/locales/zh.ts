import account from './zh/account.json'
import charts from './zh/charts.json'
import common from './zh/common.json'
import company from './zh/company.json'
import drug from './zh/drug.json'
import gaps from './zh/gaps.json'
import institution from './zh/institution.json'
import map from './zh/map.json'
import matrix from './zh/matrix.json'
import nearest from './zh/nearest.json'
import overview from './zh/overview.json'
import parts from './zh/parts.json'
import region from './zh/region.json'
import sources from './zh/sources.json'
import words from './zh/words.json'

/** Every word of the product in Chinese. A new file is named here and in `en.ts`. */
export default { ...common, words, account, charts, map, overview, matrix, company, drug, gaps, institution, nearest, parts, region, sources }
