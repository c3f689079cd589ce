import { addDays, dayNumber, periodDays, type Day } from '@lastmile/shared/day'

/** First days of months; where they are many, of every second, third, sixth or twelfth. As day numbers. */
export function monthTicks(from: Day, to: Day): number[] {
  const months: Day[] = []
  for (let day = `${from.slice(0, 7)}-01`; day <= to; day = addDays(periodDays(day.slice(0, 7)).last, 1)) if (day >= from) months.push(day)
  const step = [1, 2, 3, 6, 12].find((one) => months.length / one <= 8) ?? 12
  return months.filter((day) => (Number(day.slice(5, 7)) - 1) % step === 0).map(dayNumber)
}
