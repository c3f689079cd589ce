import { createContext, useContext, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { csvOf, saveFile } from '../lib/save'
import { Drop } from './drop'
import css from './frame.module.css'
import { Icon } from './icons'
import type { Twin } from './twin'

/** Draws an SVG of the page as an image with a title and a foot. `app` gives the one there is. */
export type Painter = (svg: SVGSVGElement, title: string, foot: string) => Promise<Blob>
const PainterContext = createContext<Painter | null>(null)
export const PainterProvider = PainterContext.Provider

/** Downloads of a frame: its picture (PNG) and its figures (CSV, XLSX). */
export function DownloadMenu<Row>({ name, title, foot, body, twin, downloads, picture }: {
  name: string
  title: string
  foot: string
  body: RefObject<HTMLDivElement | null>
  twin: Twin<Row>
  downloads: { csv?: string; xlsx?: string } | undefined
  picture: boolean
}) {
  const { t } = useTranslation()
  const paint = useContext(PainterContext)
  const [failed, setFailed] = useState(false)
  const savePicture = async () => {
    const svg = largest(body.current)
    if (!paint || !svg) return setFailed(true)
    try {
      saveFile(`${name}.png`, await paint(svg, title, foot))
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  const saveTable = () => {
    const rows = twin.rows.map((row) => twin.columns.map((column) => column.value(row)))
    saveFile(`${name}.csv`, new Blob([csvOf(twin.columns.map((column) => column.header), rows)], { type: 'text/csv;charset=utf-8' }))
  }
  return (
    <>
      <Drop button={<Icon name="download" />} label={t('parts.labelled', { label: t('frame.download'), value: title })} className={css.tool} panelLabel={t('frame.download')}>
        {(close) => (
          <>
            {picture && paint && <button type="button" onClick={() => { close(); void savePicture() }}>{t('frame.png')}</button>}
            {downloads?.csv ? <a href={downloads.csv} download onClick={close}>{t('frame.csv')}</a> : <button type="button" onClick={() => { close(); saveTable() }}>{t('frame.csv')}</button>}
            {downloads?.xlsx && <a href={downloads.xlsx} download onClick={close}>{t('frame.xlsx')}</a>}
          </>
        )}
      </Drop>
      {failed && <span role="alert" className="quiet">{t('frame.pngFailed')}</span>}
    </>
  )
}

function largest(body: HTMLElement | null): SVGSVGElement | null {
  const area = (svg: SVGSVGElement) => svg.clientWidth * svg.clientHeight
  return [...(body?.querySelectorAll('svg') ?? [])].sort((a, b) => area(b) - area(a))[0] ?? null
}
