import type { z } from 'zod'
import { CandidaciesAnswer, EditionsAnswer, LifeAnswer } from '@lastmile/shared/candidacy'
import { ChangesAnswer } from '@lastmile/shared/changes'
import { ClustersAnswer } from '@lastmile/shared/cluster'
import { CoverageAnswer, HeadlineAnswer, StandingsAnswer, TrendAnswer, unpackCoverage } from '@lastmile/shared/coverage'
import { CompaniesAnswer, DrugsAnswer } from '@lastmile/shared/drug'
import { CompanyAnswer, DrugAnswer } from '@lastmile/shared/drug-answer'
import { DutiesAnswer, DutyAnswer, DutyRowsAnswer } from '@lastmile/shared/duty'
import { MovesAnswer } from '@lastmile/shared/company-moves'
import { DropOffAnswer } from '@lastmile/shared/drop-off'
import { CurvesAnswer } from '@lastmile/shared/listing-curve'
import { NextStepsAnswer } from '@lastmile/shared/next-step'
import { GapsAnswer } from '@lastmile/shared/gap'
import { GapHistoryAnswer } from '@lastmile/shared/gap-episode'
import { InspectionAnswer } from '@lastmile/shared/inspection'
import { InstitutionAnswer, InstitutionsAnswer } from '@lastmile/shared/institution'
import { LadderAnswer, LadderFactsAnswer, LaddersAnswer } from '@lastmile/shared/ladder-answer'
import { PlanAnswer, PlansAnswer } from '@lastmile/shared/plan'
import { RegionAnswer, RegionsAnswer } from '@lastmile/shared/region'
import { Receipt } from '@lastmile/shared/receipt'
import { ReportAnswer, ReportErrorsAnswer, ReportsAnswer, SourcesAnswer } from '@lastmile/shared/report'
import { ReportingAnswer } from '@lastmile/shared/reporting'
import { ScorecardAnswer, ScorecardsAnswer } from '@lastmile/shared/scorecard'
import { StandardAnswer, StandardsAnswer } from '@lastmile/shared/standard'
import { StatementsAnswer } from '@lastmile/shared/statement'
import type { Country } from './country.js'

/** A question that every route of the API must answer, under the path of a list, and the shape of its answer. */
export interface Route {
  /** As the document of the API names it. */
  path: string
  ask: string
  answer: z.ZodType
  /** Rows the answer must have, so that an empty one does not pass for a good one. */
  rows: (answer: never) => number
}

/** Every route that answers a question about a list, asked of the small country. */
export function routesOf(country: Pick<Country, 'reports'>): Route[] {
  const { reports } = country
  const route = <Schema extends z.ZodType>(path: string, ask: string, answer: Schema, rows: (answer: z.infer<Schema>) => number): Route => ({ path, ask, answer, rows })
  return [
    route('/drugs', '/drugs', DrugsAnswer, (one) => one.drugs.length),
    route('/drugs/{drug}', '/drugs/alpha', DrugAnswer, (one) => one.milestones[0]!.unitsReached.length),
    route('/companies', '/companies', CompaniesAnswer, (one) => one.companies.length),
    route('/companies/{company}', '/companies/acme', CompanyAnswer, (one) => one.drugs.length),
    route('/regions', '/regions', RegionsAnswer, (one) => one.units.length),
    route('/regions/{code}', '/regions/100000', RegionAnswer, (one) => one.cities.length),
    route('/regions/{code}', '/regions/660000', RegionAnswer, (one) => one.cities.length),
    route('/regions/{code}', '/regions/100100', RegionAnswer, () => 1),
    route('/sources', '/sources', SourcesAnswer, (one) => one.sources.length),
    route('/reporting', '/reporting', ReportingAnswer, (one) => one.rows.length),
    route('/reporting', '/reporting?asOf=2026-02-01&periods=2&evidence=confirmed&region=100000&sort=silent-down', ReportingAnswer, (one) => one.rows.length),
    route('/institutions', '/institutions', InstitutionsAnswer, (one) => one.rows.length),
    route('/institutions', '/institutions?drug=alpha&evidence=confirmed&region=100000&kind=hospital&eligible=true', InstitutionsAnswer, (one) => one.rows.length),
    route('/institutions', '/institutions?search=name of h&state=in_stock,stale,not_reported', InstitutionsAnswer, (one) => one.rows.length),
    route('/institutions', '/institutions?bbox=115,39,116.5,41&placed=true&region=100000,200000', InstitutionsAnswer, (one) => one.rows.length),
    route('/institutions', '/institutions?evidence=supplied&since=2026-02-05&state=in_stock', InstitutionsAnswer, (one) => one.rows.length),
    route('/institutions/clusters', '/institutions/clusters?bbox=100,20,130,50&zoom=4', ClustersAnswer, (one) => one.marks.length),
    route('/institutions/clusters', '/institutions/clusters?bbox=100,20,130,50&zoom=9&drug=alpha&evidence=confirmed&asOf=2026-02-01&knownOn=2026-03-01T00:00:00.000Z', ClustersAnswer, (one) => one.marks.length),
    route('/institutions/{code}', '/institutions/H6', InstitutionAnswer, (one) => one.drugs.length),
    route('/statements', '/statements', StatementsAnswer, (one) => one.rows.length),
    route('/statements', '/statements?evidence=confirmed&drug=beta&region=100000', StatementsAnswer, (one) => one.rows.length),
    route('/statements', '/statements?evidence=supplied&since=2026-02-05', StatementsAnswer, (one) => one.rows.length),
    route('/statements', `/statements?evidence=confirmed&asOf=2026-03-01&knownOn=2026-03-01T00:00:00.000Z&report=${reports.corrected}`, StatementsAnswer, (one) => one.rows.length),
    route('/ladders', '/ladders?drug=alpha', LaddersAnswer, (one) => one.ladders.length),
    route('/ladders', '/ladders?unit=100000&company=acme&asOf=2026-02-01&knownOn=2026-03-01T00:00:00.000Z', LaddersAnswer, (one) => one.ladders.length),
    route('/ladders/{drug}/{unit}', '/ladders/alpha/100000', LadderAnswer, (one) => one.facts.length),
    route('/ladder-facts', '/ladder-facts', LadderFactsAnswer, (one) => one.facts.length),
    route('/ladder-facts', '/ladder-facts?rung=platform_listed&drug=alpha&unit=100000&standing=confirmed&origin=province&knownOn=2026-03-01T00:00:00.000Z', LadderFactsAnswer, (one) => one.facts.length),
    route('/scorecard', '/scorecard?evidence=confirmed', ScorecardsAnswer, (one) => one.rows.length),
    route('/scorecard/{unit}', '/scorecard/100000?evidence=confirmed', ScorecardAnswer, (one) => one.ladder.length),
    route('/plans', '/plans', PlansAnswer, (one) => one.plans.length),
    route('/plans', '/plans?drug=alpha&region=100100&insurer=north-life&asOf=2026-02-01&knownOn=2026-03-01T00:00:00.000Z', PlansAnswer, (one) => one.plans.length),
    route('/plans', '/plans?anyDay=true&offset=1&limit=1', PlansAnswer, (one) => one.plans.length),
    route('/plans/{code}', '/plans/north-plan', PlanAnswer, (one) => one.plan.drugs.length),
    route('/plans/{code}', '/plans/north-plan?knownOn=2026-02-01T00:00:00.000Z', PlanAnswer, (one) => one.plan.drugs.length),
    route('/standards', '/standards', StandardsAnswer, (one) => one.standards.length),
    route('/standards', '/standards?knownOn=2026-03-01T00:00:00.000Z', StandardsAnswer, (one) => one.standards.length),
    route('/standards/{drug}', '/standards/alpha', StandardAnswer, (one) => one.former.length),
    route('/standards/{drug}', '/standards/alpha?knownOn=2026-03-01T00:00:00.000Z', StandardAnswer, (one) => one.standard!.rules.length),
    route('/editions', '/editions', EditionsAnswer, (one) => one.editions.length),
    route('/editions', '/editions?asOf=2026-02-01&knownOn=2026-03-01T00:00:00.000Z', EditionsAnswer, (one) => one.next!.rows.length),
    route('/candidacies', '/candidacies', CandidaciesAnswer, (one) => one.rows.length),
    route('/candidacies', '/candidacies?edition=first&stage=in_force&ends=2026-09-30&search=gamma&contradicted=false&published=true&limit=1', CandidaciesAnswer, (one) => one.rows.length),
    route('/drugs/{drug}/life', '/drugs/alpha/life?asOf=2026-02-01', LifeAnswer, (one) => one.candidacies.length),
    route('/duties', '/duties', DutiesAnswer, (one) => one.duties.length),
    route('/duties/{duty}', '/duties/meeting', DutyAnswer, (one) => one.byUnit.length),
    route('/duties/{duty}', '/duties/meeting?knownOn=2026-03-01T00:00:00.000Z', DutyAnswer, (one) => one.byDrug.length),
    route('/duties/{duty}/institutions', '/duties/meeting/institutions', DutyRowsAnswer, (one) => one.rows.length),
    route('/duties/{duty}/institutions', '/duties/meeting/institutions?region=100000&state=late&drug=alpha&outcome=refused&search=name', DutyRowsAnswer, (one) => one.rows.length),
    route('/headline', '/headline', HeadlineAnswer, (one) => one.institutions),
    route('/headline', '/headline?evidence=confirmed&asOf=2026-02-01&region=100000', HeadlineAnswer, (one) => one.institutions),
    route('/headline', '/headline?evidence=supplied&since=2026-02-10', HeadlineAnswer, (one) => one.institutions),
    route('/headline', '/headline?asOf=2026-01-15&knownOn=2026-01-20T00:00:00.000Z&region=100100', HeadlineAnswer, (one) => one.institutions),
    route('/coverage', '/coverage', CoverageAnswer, (one) => unpackCoverage(one).cells.length),
    route('/coverage', '/coverage?by=city&drug=alpha&asOf=2026-01-31', CoverageAnswer, (one) => unpackCoverage(one).cells.length),
    route('/coverage', '/coverage?by=city&region=660000&evidence=confirmed&asOf=2026-02-01', CoverageAnswer, (one) => unpackCoverage(one).cells.length),
    route('/coverage', '/coverage?evidence=confirmed&knownOn=2026-03-01T00:00:00.000Z&drug=beta', CoverageAnswer, (one) => one.drugs.length),
    route('/standings', '/standings', StandingsAnswer, (one) => one.cells.length),
    route('/standings', '/standings?by=city&drug=alpha&asOf=2026-02-02', StandingsAnswer, (one) => one.cells.length),
    route('/trend', '/trend', TrendAnswer, (one) => one.points.length),
    route('/trend', '/trend?drug=alpha&region=100000&evidence=confirmed&from=2026-01-15&to=2026-03-01', TrendAnswer, (one) => one.points.length),
    route('/trend', '/trend?drug=alpha&region=100100', TrendAnswer, (one) => one.points.length),
    route('/changes', '/changes?from=2026-01-15', ChangesAnswer, (one) => one.pairs.entered.length + one.pairs.left.length),
    route('/changes', '/changes?evidence=confirmed&from=2026-03-01&to=2026-03-01&knownFrom=2026-03-01T00:00:00.000Z&knownTo=2026-03-06T00:00:00.000Z', ChangesAnswer, (one) => one.pairs.entered.length),
    route('/gaps', '/gaps', GapsAnswer, (one) => one.gaps.length),
    route('/gaps', '/gaps?sort=population-down&reason=not_reported&offset=1&limit=2', GapsAnswer, (one) => one.gaps.length),
    route('/gaps', '/gaps?evidence=confirmed&class=reporting&actor=province&sort=age-down', GapsAnswer, (one) => one.gaps.length),
    route('/gaps/history', '/gaps/history?drug=alpha&evidence=confirmed', GapHistoryAnswer, (one) => one.units.length),
    route('/gaps/history', '/gaps/history?drug=alpha&evidence=confirmed&region=200000&asOf=2026-03-01&knownOn=2026-03-01T00:00:00.000Z', GapHistoryAnswer, (one) => one.units.length),
    route('/gaps', '/gaps?evidence=supplied&since=2026-02-05', GapsAnswer, (one) => one.gaps.length),
    route('/gaps', '/gaps?evidence=confirmed&drug=alpha&region=200000&company=acme', GapsAnswer, (one) => one.gaps.length),
    route('/progress/curves', '/progress/curves?company=acme&of=institutions&asOf=2026-03-01', CurvesAnswer, (one) => one.drugs.flatMap(({ reached }) => reached).length),
    route('/progress/drop-off', '/progress/drop-off?company=acme', DropOffAnswer, (one) => one.rows.length),
    route('/progress/drop-off', '/progress/drop-off?company=acme&set=declared&drug=alpha&region=100000&asOf=2026-03-01&knownOn=2026-03-01T00:00:00.000Z', DropOffAnswer, (one) => one.rows.length),
    route('/progress/moves', '/progress/moves?company=acme&since=2026-01-02T00:00:00.000Z&evidence=confirmed&set=gained', MovesAnswer, (one) => one.rows.length),
    route('/progress/next-steps', '/progress/next-steps?company=acme', NextStepsAnswer, (one) => one.steps.length),
    route('/inspection', '/inspection?of=province', InspectionAnswer, (one) => one.sheets.length),
    route('/inspection', '/inspection?of=drug&company=acme&evidence=confirmed&asOf=2026-03-01&limit=1&offset=1', InspectionAnswer, (one) => one.sheets.length),
    route('/inspection', '/inspection?of=company&code=acme&evidence=supplied&since=2026-02-05', InspectionAnswer, (one) => one.sheets.length),
    route('/inspection', '/inspection?of=province&code=660000&knownOn=2026-03-01T00:00:00.000Z', InspectionAnswer, (one) => one.sheets.length),
    route('/reports', '/reports', ReportsAnswer, (one) => one.rows.length),
    route('/reports', '/reports?source=south&evidence=confirmed&state=superseded', ReportsAnswer, (one) => one.rows.length),
    route('/reports/{id}', `/reports/${reports.priced}`, ReportAnswer, () => 1),
    route('/reports/{id}', `/reports/${reports.draft}`, ReportAnswer, () => 1),
    route('/reports', '/reports?number=south-2026-0001&sort=number-down', ReportsAnswer, (one) => one.rows.length),
    route('/reports/{id}/receipt', `/reports/${reports.priced}/receipt`, Receipt, (one) => one.history.length),
    route('/reports/{id}/receipt', `/reports/${reports.draft}/receipt`, Receipt, (one) => one.history.length),
    route('/reports/{id}/errors', `/reports/${reports.draft}/errors`, ReportErrorsAnswer, (one) => one.errors.length),
  ]
}
