import { planReach, type ReachPlan, type ReachProblem } from '@lastmile/shared/reach-plan'
import { distanceKm } from '@lastmile/shared/position'
import { dice } from './dice.js'

/*
 * The planner on a whole country: 2,800 places of demand and 250,000 institutions, each problem beside the textbook's greedy way on the same problem in
 * the same process. Seconds are this machine's; the claim is that a plan takes less than ten of them, and the ratios. Run alone:
 * `pnpm bench:planner`.
 */

const atMostSeconds = 10
const [points, institutions] = [2_800, 250_000]

/** Degrees beside a middle as people live: most near it. */
const beside = (seed: number, i: number, wide: number) => wide * (dice(seed, i, 1) + dice(seed, i, 2) - dice(seed, i, 3) - dice(seed, i, 4))
const middles = Array.from({ length: 340 }, (_, i) => (dice(1, i, 0) < 0.85 ? { lat: 21 + 22 * dice(1, i, 1), lng: 104 + 18 * dice(1, i, 2) } : { lat: 29 + 18 * dice(1, i, 1), lng: 76 + 30 * dice(1, i, 2) }))

/** Places around middles, the first of which have most. */
function around(count: number, seed: number, wide: number): ReachProblem['points'] {
  const own = Array.from({ length: count }, (_, i) => middles[Math.floor(middles.length * dice(seed, i, 8) ** 1.6)]!)
  return { lat: Float64Array.from(own, ({ lat }, i) => lat + beside(seed, i, wide)), lng: Float64Array.from(own, ({ lng }, i) => lng + beside(seed + 1, i, wide)) }
}

const country = { points: around(points, 10, 1.2), candidates: around(institutions, 20, 0.5), today: around(300, 30, 0.4) }
const equal = new Float64Array(points).fill(1)
const residents = Float64Array.from({ length: points }, (_, i) => Math.round(40_000 + 900_000 * dice(40, i, 0) ** 3))

/** What is asked: either goal, near and far, few and many, places alike or by residents. */
const asked: [string, Omit<ReachProblem, 'points' | 'candidates' | 'today'>][] = [
  ['most places within 50 km, 10 more', { goal: 'most', km: 50, count: 10, weights: equal }],
  ['most places within 20 km, 60 more', { goal: 'most', km: 20, count: 60, weights: equal }],
  ['most residents within 100 km, 30 more', { goal: 'most', km: 100, count: 30, weights: residents }],
  ['most residents within 300 km, 100 more', { goal: 'most', km: 300, count: 100, weights: residents }],
  ['the farthest nearest, 10 more', { goal: 'farthest', km: 100, count: 10, weights: equal }],
  ['the farthest nearest, 50 more', { goal: 'farthest', km: 100, count: 50, weights: equal }],
]

/** The textbook's way: what each candidate reaches is looked up once, and counted anew for all of them for each that is added; of the farthest place the nearest candidate is taken. */
function textbook({ goal, km, count, weights, points: { lat, lng }, candidates, today }: ReachProblem): number {
  const place = (p: number) => ({ lat: lat[p]!, lng: lng[p]! })
  const candidate = (j: number) => ({ lat: candidates.lat[j]!, lng: candidates.lng[j]! })
  const nearest = Float64Array.from(lat, (_, p) => today.lat.reduce((least, own, i) => Math.min(least, distanceKm(place(p), { lat: own, lng: today.lng[i]! })), Infinity))
  const rows = Array.from(lat.keys()).sort((a, b) => lat[a]! - lat[b]!)
  const degrees = (km / 111) * 1.02
  const reaching = (j: number) => {
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (lat[rows[middle]!]! < candidates.lat[j]! - degrees) low = middle + 1
      else high = middle
    }
    const found: number[] = []
    for (; low < rows.length && lat[rows[low]!]! <= candidates.lat[j]! + degrees; low++) {
      const p = rows[low]!
      if (nearest[p]! > km && Math.abs(lng[p]! - candidates.lng[j]!) <= degrees * 2 && distanceKm(place(p), candidate(j)) <= km) found.push(p)
    }
    return Int32Array.from(found)
  }
  const sets = goal === 'most' ? Array.from(candidates.lat, (_, j) => reaching(j)) : []
  for (let added = 0; added < count; added++) {
    let [best, most] = [-1, 0]
    const far = nearest.reduce((one, km_, p) => (km_ > nearest[one]! ? p : one), 0)
    for (let j = 0; j < candidates.lat.length; j++) {
      const gain = goal === 'most' ? sets[j]!.reduce((sum, p) => sum + (nearest[p]! > km ? weights[p]! : 0), 0) : nearest[far]! - distanceKm(place(far), candidate(j))
      if (gain > most) [best, most] = [j, gain]
    }
    if (best < 0) break
    for (let p = 0; p < lat.length; p++) nearest[p] = Math.min(nearest[p]!, distanceKm(place(p), candidate(best)))
  }
  return goal === 'most' ? nearest.reduce((sum, one, p) => sum + (one <= km ? weights[p]! : 0), 0) : nearest.reduce((most, one) => Math.max(most, one), 0)
}

function timed<Answer>(make: () => Answer): [Answer, number] {
  const begun = performance.now()
  const answer = make()
  return [answer, (performance.now() - begun) / 1_000]
}

const valueOf = ({ before, chosen }: ReachPlan, goal: ReachProblem['goal']) => { const after = chosen.at(-1)?.after ?? before; return goal === 'most' ? after.weight : after.farthest }
const figure = (value: number) => (value < 10_000 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

let isSlow = false
process.stdout.write(`${points.toLocaleString('en')} places, ${institutions.toLocaleString('en')} institutions, ${country.today.lat.length} with the drug today; Node ${process.versions.node}\n\n| question | plan | bound | gap at most | seconds | textbook's greedy | its seconds | plan ÷ greedy | greedy ÷ plan, seconds |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n`)
for (const [name, question] of asked) {
  const problem: ReachProblem = { ...question, ...country }
  const [plan, seconds] = timed(() => planReach(problem))
  const [plain, plainSeconds] = process.argv.includes('--skip-textbook') ? [Number.NaN, Number.NaN] : timed(() => textbook(problem))
  const value = valueOf(plan, question.goal)
  const gap = question.goal === 'most' ? (plan.bound - value) / value : (value - plan.bound) / value
  isSlow ||= seconds > atMostSeconds
  process.stdout.write(`| ${name} | ${figure(value)} | ${figure(plan.bound)} | ${plan.isBest ? 'none: the best' : `${(gap * 100).toFixed(2)} %`} | ${seconds.toFixed(1)} | ${figure(plain)} | ${plainSeconds.toFixed(1)} | ${(value / plain).toFixed(4)} | ${(plainSeconds / seconds).toFixed(1)} × |\n`)
}
if (isSlow) {
  process.stderr.write(`A plan took more than ${atMostSeconds} s.\n`)
  process.exitCode = 1
}
