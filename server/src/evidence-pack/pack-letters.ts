import type { EvidencePack, PackNotice } from '@lastmile/shared/evidence-pack'
import { dayWritten } from '@lastmile/shared/notice'
import type { Language } from '@lastmile/shared/text'
import { officialDocumentFile, type OfficialBlock } from '../writing/official-document.js'
import { answerWords, channelWords, demonstrationMark, reasonWords } from './pack-words.js'

/** Widths of the columns of a letter's table, in hundredths. */
const widths = [7, 25, 17, 17, 17, 17] as const

/** A letter as it was sent, in one language, as a document that prints as letters do. */
export function letterFile({ demonstration }: EvidencePack, { letters }: PackNotice, language: Language): Promise<Uint8Array<ArrayBuffer>> {
  const { issuer, number, title, salutation, paragraphs, closing, date, attachment, columns, rows } = letters[language]
  const text = (one: string): OfficialBlock => ({ block: 'paragraph', text: one })
  return officialDocumentFile({
    language, issuer, redHeader: true, number: number ?? '', title, subtitle: null, warning: demonstration ? demonstrationMark[language] : null, signedOn: date,
    blocks: [salutation, ...paragraphs, closing].map(text),
    attachment: { label: language === 'zh' ? '附件' : 'Attachment', title: attachment, blocks: [{ block: 'table', title: '', note: null, columns: columns.map((one, i) => ({ text: one, width: widths[i] ?? 15, align: i === 1 || i === 5 ? 'left' : 'center' })), rows }] },
  })
}

/** What its addressee answered, or the office entered for him, in one language. What he wrote stands in his own words in both. */
export function answerFile(pack: EvidencePack, { code, number, addressee, answer }: PackNotice, language: Language): Promise<Uint8Array<ArrayBuffer>> {
  const { reasons, plan, doneBy, on, channel, onBehalf } = answer!
  const files = pack.attachments.filter((one) => one.notice === code && one.step === 'answer').map(({ name, path }) => `${name} (${path})`)
  const separator = language === 'zh' ? '；' : '; '
  const said = (question: string, told: string): OfficialBlock => ({ block: 'question', question, answer: told })
  return officialDocumentFile({
    language, issuer: addressee[language], redHeader: false, number: number[language], title: answerWords.title[language](number[language]), subtitle: addressee[language], warning: pack.demonstration ? demonstrationMark[language] : null, signedOn: dayWritten(on, language), attachment: null,
    blocks: [
      said(answerWords.reasons[language], reasons.map((one) => reasonWords[one][language]).join(separator)), said(answerWords.plan[language], plan), said(answerWords.doneBy[language], dayWritten(doneBy, language)),
      said(answerWords.came[language], `${dayWritten(on, language)}${separator}${channelWords[channel][language]}${onBehalf ? answerWords.onBehalf[language] : ''}`), said(answerWords.attached[language], files.join(separator) || answerWords.none[language]),
    ],
  })
}
