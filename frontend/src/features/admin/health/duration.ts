import type { Translate } from '@/lib/i18n'
import type { texts } from './i18n'

type Words = Translate<(typeof texts)['fr']>

/** « 3 min »: how long something takes, or took, in its largest unit. */
export function durationOf(seconds: number, t: Words): string {
  if (seconds < 1) return t('milliseconds', { count: Math.round(seconds * 1000) })
  if (seconds < 120) return t('seconds', { count: Math.round(seconds * 10) / 10 })
  if (seconds < 7_200) return t('minutes', { count: Math.round(seconds / 60) })
  if (seconds < 172_800) return t('hours', { count: Math.round(seconds / 3_600) })
  return t('days', { count: Math.round(seconds / 86_400) })
}
