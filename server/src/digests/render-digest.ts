import { severities, severityOf, type Message } from '@lastmile/shared/message'
import { addressOfPlace, placeOf } from '@lastmile/shared/message-place'
import { messageWords } from '@lastmile/shared/message-words'
import { languages, type Language, type Text } from '@lastmile/shared/text'
import type { Mail } from './mailer.js'

/** As many messages a mail names, of each language; of the rest it says how many there are. */
const namedAtMost = 30

/** As many drugs or units a line names. */
const namesAtMost = 3

const said = {
  subject: { zh: (count: number) => `Lastmile：${count}条新消息`, en: (count: number) => `Lastmile: ${count} new ${count === 1 ? 'message' : 'messages'}` },
  todo: { zh: '待办：', en: 'To do: ' },
  due: { zh: (day: string) => `期限${day}`, en: (day: string) => `due ${day}` },
  more: { zh: (count: number) => `另有${count}条，请见收件箱：`, en: (count: number) => `${count} more in your inbox: ` },
  inbox: { zh: '收件箱：', en: 'Your inbox: ' },
  foot: { zh: '本邮件由系统自动发送，不含任何数据。修改或停止邮件提醒：', en: 'Sent by a program; it holds no figures. To change or stop such mail: ' },
  colon: { zh: '：', en: ': ' }, comma: { zh: '、', en: ', ' }, andMore: { zh: (first: string, more: number) => `${first}等${more + namesAtMost}项`, en: (first: string, more: number) => `${first} and ${more} more` }, space: { zh: '　', en: ' ' },
} as const

/** A line of a mail: words, and the page to which they lead. */
interface Line {
  text: string
  href: string | null
  isHead?: boolean
}

/**
 * The mail about messages, those that press most first: what happened, to what, what is to be done, and where. It holds what the
 * messages do: codes, names of sources, days, and counts of messages. In one language, or in both, Chinese first.
 * @param address where this server is found
 */
export function renderDigest(messages: readonly Message[], { address, language, to, code }: { address: string; language: Language | null; to: string; code: string }): Mail {
  const both = language === null ? languages : [language]
  const sorted = [...messages].sort((a, b) => severities.indexOf(severityOf(b.kind)) - severities.indexOf(severityOf(a.kind)))
  const parts = both.map((one) => ({ language: one, lines: linesOf(sorted, address, one) }))
  const unsubscribe = `${address}/account#mail`
  return {
    to, code, unsubscribe,
    subject: both.map((one) => said.subject[one](messages.length)).join(' / '),
    text: `${parts.map(({ lines }) => lines.map(plain).join('\n')).join('\n\n——\n\n')}\n`,
    html: `<!doctype html><html><body style="font-family:sans-serif;line-height:1.5">${parts.map(({ language: one, lines }) => `<div lang="${one === 'zh' ? 'zh-CN' : 'en'}">${lines.map(html).join('')}</div>`).join('<hr>')}</body></html>`,
  }
}

function linesOf(messages: readonly Message[], address: string, language: Language): Line[] {
  const lines: Line[] = []
  const named = messages.slice(0, namedAtMost)
  for (const kind of new Set(named.map((one) => one.kind))) {
    const { title, todo } = messageWords[kind]
    lines.push({ text: title[language], href: null, isHead: true }, ...named.filter((one) => one.kind === kind).map((one) => ({ text: aboutOf(one, language), href: address + addressOfPlace(one.list, placeOf(one)) })))
    lines.push({ text: `${said.todo[language]}${todo[language]}`, href: null }, { text: '', href: null })
  }
  const more = messages.length - named.length
  lines.push({ text: more > 0 ? said.more[language](more) : said.inbox[language], href: `${address}/inbox` }, { text: said.foot[language], href: `${address}/account#mail` })
  return lines
}

/** What a message is about: its duty, drugs and units, bulletin, edition, or source, the time of which the report speaks, and when it is due. */
function aboutOf({ sourceName, names, subject: { period, asOf, dueOn }, list }: Message, language: Language): string {
  if (names.duty !== null) return [names.duty[language], namedIn(names.regions, language), dueOn === undefined ? '' : said.due[language](dueOn)].filter((one) => one !== '').join(said.space[language])
  const named = [names.drugs, names.regions].map((some) => namedIn(some, language)).filter((one) => one !== '')
  if (named.length > 0) return [...named, asOf].filter((one) => one !== undefined).join(said.space[language])
  return [names.bulletin?.[language] ?? names.edition?.[language] ?? sourceName?.[language] ?? list, period ?? asOf, dueOn === undefined ? undefined : said.due[language](dueOn)].filter((one) => one !== undefined).join(said.space[language])
}

/** The first names, and how many more there are. */
function namedIn(names: readonly Text[], language: Language): string {
  const first = names.slice(0, namesAtMost).map((one) => one[language]).join(said.comma[language])
  return names.length > namesAtMost ? said.andMore[language](first, names.length - namesAtMost) : first
}

function plain({ text, href, isHead = false }: Line): string {
  if (isHead) return `■ ${text}`
  if (href === null) return text
  return /[:：]\s*$/.test(text) ? `${text}${href}` : `  ${text}\n  ${href}`
}

function html({ text, href, isHead = false }: Line): string {
  if (isHead) return `<h3 style="margin:1em 0 0">${escaped(text)}</h3>`
  if (text === '') return ''
  const isLabel = /[:：]\s*$/.test(text)
  return `<p style="margin:.3em 0">${href === null ? escaped(text) : isLabel ? `${escaped(text)}<a href="${escaped(href)}">${escaped(href)}</a>` : `<a href="${escaped(href)}">${escaped(text)}</a>`}</p>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
