import type { Translate } from '@/lib/i18n'
import type { texts } from './i18n'
import type { OpenSession } from './queries'

type T = Translate<(typeof texts)['fr']>

/** « Firefox sur Linux », or as much of it as is known. */
export function deviceName({ kind, browser, system }: OpenSession, t: T): string {
  if (kind === 'mobile') return t('mobileApp')
  if (browser && system) return t('browserOn', { browser, system })
  return browser ?? system ?? t('unknownDevice')
}

export const isHandheld = ({ kind, system }: OpenSession) =>
  kind === 'mobile' || ['iOS', 'iPadOS', 'Android'].includes(system ?? '')
