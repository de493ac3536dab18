import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { texts } from './i18n'
import type { Document } from './types'

/** What a document is, and how large: a page, which is written here, has no size that says anything. */
export function useWhat(): (document: Pick<Document, 'kind' | 'group' | 'size'>) => string {
  const t = useText(texts)
  const language = useLanguage()
  return ({ kind, group, size }) =>
    kind === 'page' ? t('pageHere') : t('kindAndSize', { kind: t(group), size: formatSize(size, language) })
}
