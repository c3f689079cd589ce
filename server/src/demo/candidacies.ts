import { beginCandidacy, changeCandidacy, aboutOf, type CandidacyKeeping } from '@lastmile/db/query/keep-candidacy'
import { candidaciesOf } from '@lastmile/db/query/candidacies'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Candidacy } from '@lastmile/shared/candidacy'
import type { Day } from '@lastmile/shared/day'
import type { DrugStage, StageFact } from '@lastmile/shared/drug-stage'
import { everything } from '@lastmile/shared/purview'
import type { Text } from '@lastmile/shared/text'
import { auditBy, eventBy } from '../audit/event-of.js'
import { candidacyMessages } from '../candidacies/candidacy-messages.js'
import type { Services } from '../lib/services.js'
import { instantAt } from './calendar.js'
import { people } from './cases.js'
import { accountsCompany } from './schedule.js'

/** A stage of a made-up drug: on which day, on whose word, and the last day of its window or why, if any. */
type Told = readonly [stage: DrugStage, on: Day, by: 'company' | 'operator', more?: { until?: Day; reason?: Text; document?: Text }]

interface MadeUp {
  code: string
  edition: string
  substance: string
  company: string | null
  name: Text
  about?: Partial<Pick<Candidacy, 'bothLists' | 'launched' | 'rareDisease' | 'cover'>>
  stages: readonly Told[]
}

const madeUpDocument: Text = { zh: '演示文件（虚构）', en: 'A document of the demonstration (made up)' }
const source: Text = { zh: '演示资料（虚构）', en: 'Papers of the demonstration (made up)' }

/**
 * Drugs that are made up, and say so in their names: which real drugs were applied for was not published. One that did not pass in the
 * 2025 round and is applied for anew, one of another company, one of which little is known, and one that is included for a time.
 */
function madeUpDrugs(other: string): MadeUp[] {
  return [
    {
      code: 'demo-a-2025', edition: 'commercial-2025', substance: 'demo-a', company: accountsCompany, name: { zh: '演示药品甲（虚构）', en: 'Demonstration drug A (made up)' },
      about: { bothLists: true, launched: { on: '2024-11', source }, rareDisease: false },
      stages: [['applied', '2025-07-18', 'company'], ['formal_review', '2025-08-12', 'operator'], ['not_passed', '2025-09-26', 'operator', { reason: { zh: '专家评审未通过：现有证据不足以支持临床优势（演示）', en: 'Expert evaluation: the evidence does not show an advantage (demonstration)' } }]],
    },
    {
      code: 'demo-a-2026', edition: 'commercial-2026', substance: 'demo-a', company: accountsCompany, name: { zh: '演示药品甲（虚构）', en: 'Demonstration drug A (made up)' },
      about: { bothLists: false, launched: { on: '2024-11', source }, rareDisease: false, cover: { proved: true, source, by: 'company' } },
      stages: [['applied', '2026-05-20', 'company'], ['formal_review', '2026-06-29', 'operator']],
    },
    {
      code: 'demo-b-2026', edition: 'commercial-2026', substance: 'demo-b', company: other, name: { zh: '演示药品乙（虚构）', en: 'Demonstration drug B (made up)' },
      about: { bothLists: true, launched: { on: '2021-06', source }, rareDisease: false }, stages: [['applied', '2026-05-25', 'company'], ['formal_review', '2026-06-29', 'operator']],
    },
    {
      code: 'demo-c-2026', edition: 'commercial-2026', substance: 'demo-c', company: accountsCompany, name: { zh: '演示药品丙（虚构）', en: 'Demonstration drug C (made up)' },
      about: { rareDisease: true }, stages: [['formal_review', '2026-06-10', 'operator'], ['applied', '2026-06-15', 'company']],
    },
    {
      code: 'demo-d-2025', edition: 'commercial-2025', substance: 'demo-d', company: null, name: { zh: '演示应急药品丁（虚构）', en: 'Demonstration emergency drug D (made up)' },
      stages: [['temporary_inclusion', '2026-04-01', 'operator', { until: '2026-07-31', reason: { zh: '演示情景：突发传染病疫情期间临时纳入', en: 'A scenario of the demonstration: included during an outbreak' } }]],
    },
  ]
}

/** States the made-up candidacies of the demonstration, stage by stage, each known from its own day on. What an interrupted start has stated already is left as it is. */
export async function stateDemonstrationCandidacies({ db }: Services, list: ListRow): Promise<void> {
  const known = await candidaciesOf(db, list, everything, null)
  const other = known.map(({ data }) => data.company).find((company) => company !== null && company !== accountsCompany)
  if (other == null) return
  for (const { stages, about, name, ...one } of madeUpDrugs(other)) {
    if (known.some(({ data }) => data.code === one.code)) continue
    const said = { name, categoryCode: null, bothLists: null, launched: null, rareDisease: null, cover: null, ...about }
    for (const [i, [stage, on, by, more]] of stages.entries()) {
      const at = instantAt(on < list.inForce ? list.inForce : on, 11, i)
      const fact: StageFact = {
        no: i + 1, stage, on, until: more?.until ?? null, evidence: { document: more?.document ?? madeUpDocument, number: null, day: on, url: null }, reason: more?.reason ?? null, by, at,
      }
      const event = (before: Candidacy | null) => eventBy(auditBy(people[by], null), { action: before === null ? 'candidacy.create' : 'candidacy.stage', outcome: 'done', list: list.code, object: one.code, after: { stage, on } })
      const doing = { by: auditBy(people[by], null), at }
      const keeping: CandidacyKeeping = { at, by: people[by].id, event, messages: (before, after) => candidacyMessages(list, by, doing, before, after) }
      if (i === 0) await beginCandidacy(db, list, { ...one, about: said, facts: [fact] }, keeping)
      else await changeCandidacy(db, list, { purview: everything, code: one.code, version: i }, (before) => ({ about: aboutOf(before), facts: [...before.facts, fact] }), keeping)
    }
  }
}
