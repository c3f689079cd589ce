import { useTranslation } from 'react-i18next'
import { fileAt } from '../../lib/api'
import { useLanguage } from '../../lib/i18n'
import { templateDownload } from '../../lib/queries/download'
import { saveFile } from '../../lib/save'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'

/** Hands out a template for what the form is about to send: its source, its month or day, and what it is narrowed to. */
export function TemplateDownload({ source, period, asOf, drug, region, kind }: { source: string; period: string | undefined; asOf: string | undefined; drug?: string | undefined; region?: string | undefined; kind?: string | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { list } = useWorld()
  const download = useDoing(async () => saveFile(`template_${source}_${period ?? asOf}.xlsx`, await fileAt(templateDownload(list.code, source, { period, asOf, drug, region, kind, language }))))
  return (
    <>
      <div><Button onClick={() => void download.run()} disabled={download.busy}>{t('upload.template')}</Button> <small className="quiet">{t('upload.templateMeans')}</small></div>
      <FormProblem error={download.error} />
    </>
  )
}
