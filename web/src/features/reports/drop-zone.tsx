import { useId, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import css from './reports.module.css'

/** A file, dropped or chosen. */
export function DropZone({ file, onFile }: { file: File | null; onFile: (file: File | null) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFile(event.dataTransfer.files[0] ?? file)
  }
  return (
    <div className={css.drop} data-over={over} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <input id={id} type="file" accept=".csv,.xlsx,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onChange={(event) => onFile(event.target.files?.[0] ?? null)} />
      <label htmlFor={id}>
        <strong>{file ? file.name : t('upload.choose')}</strong>
        <span>{file ? t('upload.size', { size: format.number(Math.max(1, Math.round(file.size / 1024))) }) : t('upload.drop')}</span>
      </label>
    </div>
  )
}
