// U.S. states, the district, the territories and the freely associated states: USPS code, FIPS code (the polygon's id;
// null where the package draws none), names in both languages.
const ROWS = `AL 01 Alabama|亚拉巴马州
AK 02 Alaska|阿拉斯加州
AZ 04 Arizona|亚利桑那州
AR 05 Arkansas|阿肯色州
CA 06 California|加利福尼亚州
CO 08 Colorado|科罗拉多州
CT 09 Connecticut|康涅狄格州
DE 10 Delaware|特拉华州
DC 11 District of Columbia|哥伦比亚特区
FL 12 Florida|佛罗里达州
GA 13 Georgia|佐治亚州
HI 15 Hawaii|夏威夷州
ID 16 Idaho|爱达荷州
IL 17 Illinois|伊利诺伊州
IN 18 Indiana|印第安纳州
IA 19 Iowa|艾奥瓦州
KS 20 Kansas|堪萨斯州
KY 21 Kentucky|肯塔基州
LA 22 Louisiana|路易斯安那州
ME 23 Maine|缅因州
MD 24 Maryland|马里兰州
MA 25 Massachusetts|马萨诸塞州
MI 26 Michigan|密歇根州
MN 27 Minnesota|明尼苏达州
MS 28 Mississippi|密西西比州
MO 29 Missouri|密苏里州
MT 30 Montana|蒙大拿州
NE 31 Nebraska|内布拉斯加州
NV 32 Nevada|内华达州
NH 33 New Hampshire|新罕布什尔州
NJ 34 New Jersey|新泽西州
NM 35 New Mexico|新墨西哥州
NY 36 New York|纽约州
NC 37 North Carolina|北卡罗来纳州
ND 38 North Dakota|北达科他州
OH 39 Ohio|俄亥俄州
OK 40 Oklahoma|俄克拉何马州
OR 41 Oregon|俄勒冈州
PA 42 Pennsylvania|宾夕法尼亚州
RI 44 Rhode Island|罗得岛州
SC 45 South Carolina|南卡罗来纳州
SD 46 South Dakota|南达科他州
TN 47 Tennessee|田纳西州
TX 48 Texas|得克萨斯州
UT 49 Utah|犹他州
VT 50 Vermont|佛蒙特州
VA 51 Virginia|弗吉尼亚州
WA 53 Washington|华盛顿州
WV 54 West Virginia|西弗吉尼亚州
WI 55 Wisconsin|威斯康星州
WY 56 Wyoming|怀俄明州
AS 60 American Samoa|美属萨摩亚
GU 66 Guam|关岛
MP 69 Northern Mariana Islands|北马里亚纳群岛
PR 72 Puerto Rico|波多黎各
VI 78 U.S. Virgin Islands|美属维尔京群岛
FM -- Federated States of Micronesia|密克罗尼西亚联邦
MH -- Marshall Islands|马绍尔群岛
PW -- Palau|帕劳`

export const STATES = ROWS.split('\n').map((row) => {
  const [, code, fips, en, zh] = /^(..) (..) (.+)\|(.+)$/.exec(row)
  return { code, fips: fips === '--' ? null : fips, zh, en }
})
