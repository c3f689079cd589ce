import type { Company, Drug } from './drug.js'
import type { FinderFile, NotListed } from './finder-words.js'
import type { Text } from './text.js'

/*
 * Finding a drug by whatever a person knows of it. Pure: the browser looks through a few hundred words as one types, and nothing
 * of what is typed leaves it.
 */

/** What of a drug the typed words were found in. In the order in which hits of the same closeness are shown. */
export const finderFields = ['name', 'brand', 'inn', 'press', 'pinyin', 'disease', 'company', 'indication'] as const
export type FinderField = (typeof finderFields)[number]

/** A drug that fits what was typed: by which of its words, and of a wrong name what it really is. */
export interface DrugFound {
  drug: string
  by: FinderField
  word: string
  note: Text | null
}

/** What fits: listed drugs, the closest first, and what is not on the list. */
export interface Findings {
  drugs: DrugFound[]
  notListed: NotListed[]
}

/** Characters of Taiwan and Hong Kong as mainland names of drugs and diseases have them, two by two. */
const traditional = '單单雙双賽赛奧奥侖仑維维達达澤泽納纳倫伦賴赖貝贝諾诺樂乐記记憶忆癡痴獃呆謝谢腸肠綜综徵征腫肿細细膽胆臟脏結结質质間间變变經经節节發发濾滤氣气損损癥症減减異异氫氢鹽盐喋蝶紅红輝辉強强復复凱凯馴驯藥药業业醫医療疗衛卫禮礼來来綠绿葉叶東东時时優优歐欧騰腾貿贸際际國国專专實实驗验爾尔茲兹認认製制劑剂與与為为漿浆貧贫兒儿齡龄無无聲声'
const simplified = new Map<string, string>()
for (let at = 0; at + 1 < traditional.length; at += 2) simplified.set(traditional[at]!, traditional[at + 1]!)

/** A text as it is compared: of one width and case, in simplified characters, β written out, without spaces, hyphens and signs. */
export function finderKey(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('β', 'beta').normalize('NFD').replace(/\p{M}/gu, '')
  return [...plain].map((one) => simplified.get(one) ?? one).join('').replace(/[^\p{L}\p{N}]/gu, '')
}

/** Words that stand in what is typed and say nothing of which drug. */
const empty = /^(?:注射用|我想找|我要找|哪里有|哪里买|请问)|(?:注射液|片剂|的药|药物|药品|怎么买|哪里有|治疗)$/

interface Term { by: FinderField; word: string; key: string; initials: boolean; note: Text | null }

/** Closeness of a term to what is typed: the smaller the closer. Null: it does not fit. */
function closeness(term: Term, typed: string): number | null {
  const { key } = term
  if (key === typed) return 0
  const isLatin = /^[a-z0-9]+$/.test(typed)
  // A letter or two stand somewhere in everything: they count where a name begins so, and initials from two on.
  const least = isLatin ? 2 : 1
  if (typed.length < least) return null
  if (key.startsWith(typed)) return 1
  if (term.initials) return null
  if (isLatin ? typed.length >= 3 && key.includes(typed) : key.includes(typed)) return 2
  // More is typed than the name: `仑卡奈单抗注射液200mg`. A name of one character, or a short one in Latin letters, proves nothing.
  if (key.length >= (isLatin || /^[a-z0-9]+$/.test(key) ? 5 : 2) && typed.includes(key)) return 3
  return /^[a-z]{6,}$/.test(typed) && term.by !== 'company' && term.by !== 'indication' && isAlmost(key, typed) ? 4 : null
}

/** Whether one letter more, less, other or changed with its neighbour makes one of the other. */
function isAlmost(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  const [restA, restB] = [a.slice(at), b.slice(at)]
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1) || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
}

const initialsOf = (pinyin: string) => pinyin.split(' ').map((one) => one[0]).join('')

function termsOf(drug: Drug, company: Company | undefined, words: FinderFile | null): Term[] {
  const own = words?.drugs.find((one) => one.drug === drug.code)
  const terms: Term[] = []
  const add = (by: FinderField, word: string | null | undefined, { note = null, key = word, initials = false }: { note?: Text | null; key?: string | null | undefined; initials?: boolean } = {}) => {
    if (word && key) terms.push({ by, word, key: finderKey(key), initials, note })
  }
  add('name', drug.name.zh)
  add('name', drug.name.en)
  add('name', drug.name.zh.replace(/^(?:注射用|盐酸|氢溴酸)/, '').replace(/(?:注射液|片|胶囊)$/, ''))
  add('brand', drug.brand?.zh)
  add('brand', drug.brand?.en)
  add('inn', drug.inn)
  for (const alias of drug.aliases) add('name', alias)
  add('name', drug.code)
  for (const { name, note } of own?.pressNames ?? []) add('press', name, { note })
  for (const pinyin of own?.pinyin ?? []) {
    add('pinyin', pinyin)
    add('pinyin', pinyin, { key: initialsOf(pinyin), initials: true })
  }
  for (const disease of own?.diseases ?? []) add('disease', disease)
  add('company', company?.name.zh)
  add('company', company?.name.en)
  add('company', drug.holder?.zh)
  add('indication', own?.plain.zh)
  add('indication', own?.plain.en)
  add('indication', drug.indication?.zh)
  add('indication', drug.indication?.en)
  return terms
}

/**
 * The drugs of a list that fit what was typed, the closest first, each once by its closest word; and what is not on the list. An
 * empty text fits all, in the order of the list.
 */
export function findDrugs(typed: string, drugs: readonly Drug[], companies: readonly Company[], words: FinderFile | null): Findings {
  const all = finderKey(typed)
  // Signs alone fit nothing.
  if (all === '' && typed.trim() !== '') return { drugs: [], notListed: [] }
  if (all === '') return { drugs: drugs.map(({ code, name }) => ({ drug: code, by: 'name', word: name.zh, note: null })), notListed: [] }
  const notListed = (words?.notListed ?? []).filter((one) => isAskedFor(one, all))
  // Who names exactly what is not listed is not shown what merely sounds like it.
  const isExactlyThat = notListed.some((one) => [one.name.zh, one.name.en, ...one.words].some((word) => finderKey(word) === all))
  const core = all.replace(empty, '') || all
  const found = drugs.flatMap((drug, no) => {
    const company = companies.find(({ code }) => code === drug.company)
    let best: { term: Term; rank: number } | null = null
    for (const term of termsOf(drug, company, words)) {
      const close = closeness(term, all) ?? closeness(term, core)
      if (close === null) continue
      const rank = close * finderFields.length + finderFields.indexOf(term.by)
      if (best === null || rank < best.rank) best = { term, rank }
    }
    return best === null || (isExactlyThat && best.term.by !== 'press') ? [] : [{ no, ...best }]
  })
  found.sort((a, b) => a.rank - b.rank || a.no - b.no)
  return { drugs: found.map(({ no, term: { by, word, note } }) => ({ drug: drugs[no]!.code, by, word, note })), notListed }
}

function isAskedFor({ name, words, pinyin }: NotListed, typed: string): boolean {
  const keys = [name.zh, name.en, ...words].map(finderKey)
  const isLatin = /^[a-z0-9]+$/.test(typed)
  if (keys.some((key) => key === typed || (typed.length >= (isLatin ? 4 : 2) && key.startsWith(typed)) || (key.length >= 4 && typed.includes(key)))) return true
  return isLatin && typed.length >= 3 && pinyin.some((one) => finderKey(one).startsWith(typed) || initialsOf(one) === typed)
}
