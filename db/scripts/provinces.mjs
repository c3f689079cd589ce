// The 31 provincial divisions of the scheme: GB/T 2260 code, short and full name, residents at the 2020 census, English name.
const ROWS = `110000 北京 北京市 21893095 Beijing
120000 天津 天津市 13866009 Tianjin
130000 河北 河北省 74610235 Hebei
140000 山西 山西省 34915616 Shanxi
150000 内蒙古 内蒙古自治区 24049155 Inner Mongolia
210000 辽宁 辽宁省 42591407 Liaoning
220000 吉林 吉林省 24073453 Jilin
230000 黑龙江 黑龙江省 31850088 Heilongjiang
310000 上海 上海市 24870895 Shanghai
320000 江苏 江苏省 84748016 Jiangsu
330000 浙江 浙江省 64567588 Zhejiang
340000 安徽 安徽省 61027171 Anhui
350000 福建 福建省 41540086 Fujian
360000 江西 江西省 45188635 Jiangxi
370000 山东 山东省 101527453 Shandong
410000 河南 河南省 99365519 Henan
420000 湖北 湖北省 57752557 Hubei
430000 湖南 湖南省 66444864 Hunan
440000 广东 广东省 126012510 Guangdong
450000 广西 广西壮族自治区 50126804 Guangxi
460000 海南 海南省 10081232 Hainan
500000 重庆 重庆市 32054159 Chongqing
510000 四川 四川省 83674866 Sichuan
520000 贵州 贵州省 38562148 Guizhou
530000 云南 云南省 47209277 Yunnan
540000 西藏 西藏自治区 3648100 Tibet (Xizang)
610000 陕西 陕西省 39528999 Shaanxi
620000 甘肃 甘肃省 25019831 Gansu
630000 青海 青海省 5923957 Qinghai
640000 宁夏 宁夏回族自治区 7202654 Ningxia
650000 新疆 新疆维吾尔自治区 25852345 Xinjiang`

export const PROVINCES = ROWS.split('\n').map((row) => {
  const [code, short, full, population, ...en] = row.split(' ')
  return { code, short, full, population: Number(population), en: en.join(' ') }
})

/** A reporting unit of its own without a code in GB/T 2260 and without a polygon; its people are counted inside Xinjiang. */
export const CORPS = {
  code: '660000',
  name: { zh: '兵团', en: 'XPCC (the Corps)' },
  fullName: { zh: '新疆生产建设兵团', en: 'Xinjiang Production and Construction Corps' },
  polygon: false,
}

/** Drawn on the map, outside the scheme: never zero, never unknown. */
export const OUT_OF_SCOPE = [
  { code: '710000', name: { zh: '台湾', en: 'Taiwan' }, fullName: { zh: '台湾省', en: 'Taiwan' } },
  { code: '810000', name: { zh: '香港', en: 'Hong Kong' }, fullName: { zh: '香港特别行政区', en: 'Hong Kong' } },
  { code: '820000', name: { zh: '澳门', en: 'Macao' }, fullName: { zh: '澳门特别行政区', en: 'Macao' } },
]
