/** How cells look, and whether they may be typed into where a sheet is protected. The place of a style here is its number in the workbook. */
const styles = {
  plain: {},
  title: { font: 2 },
  note: { font: 3 },
  wrapped: { wrap: true },
  head: { font: 1, fill: 2, border: true, wrap: true },
  headToFill: { font: 1, fill: 3, border: true, wrap: true },
  headOfErrors: { font: 5, fill: 4, border: true, wrap: true },
  locked: { format: 49, fill: 5, border: true },
  lockedDay: { format: 164, fill: 5, border: true },
  toFill: { border: true, unlocked: true },
  toFillText: { format: 49, border: true, unlocked: true },
  toFillDay: { format: 164, border: true, unlocked: true },
  text: { format: 49 },
  number: {},
  day: { format: 164 },
  time: { format: 165 },
  wrongText: { format: 49, fill: 4, border: true },
  wrongNumber: { fill: 4, border: true },
  wrongDay: { format: 164, fill: 4, border: true },
  wrongTime: { format: 165, fill: 4, border: true },
  errors: { font: 4, wrap: true },
} as const satisfies Record<string, Style>

interface Style {
  font?: number
  fill?: number
  format?: number
  border?: boolean
  wrap?: boolean
  unlocked?: boolean
}

export type StyleName = keyof typeof styles
const names = Object.keys(styles) as StyleName[]
const numbers = new Map(names.map((name, number) => [name, number]))

/** The number of a style in {@link stylesPart}. */
export function styleNumber(name: StyleName): number {
  return numbers.get(name)!
}

const font = (more: string, color = 'FF13202B', size = 11) => `<font>${more}<sz val="${size}"/><color rgb="${color}"/><name val="Calibri"/><family val="2"/></font>`
const fill = (color: string) => `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/></patternFill></fill>`
const side = (name: string) => `<${name} style="thin"><color rgb="FFB8C2CA"/></${name}>`

function styleXml({ font: own = 0, fill: filled = 0, format = 0, border, wrap, unlocked }: Style): string {
  const applied = `${own ? ' applyFont="1"' : ''}${filled ? ' applyFill="1"' : ''}${format ? ' applyNumberFormat="1"' : ''}${border ? ' applyBorder="1"' : ''} applyAlignment="1" applyProtection="1"`
  return `<xf numFmtId="${format}" fontId="${own}" fillId="${filled}" borderId="${border ? 1 : 0}" xfId="0"${applied}><alignment vertical="${wrap ? 'top' : 'center'}"${wrap ? ' wrapText="1"' : ''}/><protection locked="${unlocked ? 0 : 1}"/></xf>`
}

/** The part of a workbook that says how its cells look: fonts, fills (the first two are Excel's own), lines, formats. */
export const stylesPart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>`
  + `<fonts count="6">${[font(''), font('<b/>'), font('<b/>', undefined, 14), font('<i/>', 'FF44535F'), font('', 'FFA3201D'), font('<b/>', 'FFA3201D')].join('')}</fonts>`
  + `<fills count="6"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${['FFDCE6EE', 'FFFFF2CC', 'FFFAD4D0', 'FFEEF1F4'].map(fill).join('')}</fills>`
  + `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border></borders>`
  + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
  + `<cellXfs count="${names.length}">${names.map((name) => styleXml(styles[name])).join('')}</cellXfs>`
  + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
