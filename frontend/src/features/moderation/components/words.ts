import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Decision, MyReport } from '../queries'

const CONTENT = { keep: 'kept', hide: 'hiddenDone', remove: 'removed' } as const
const AUTHOR = { warn: 'warned', exclude: 'excluded' } as const

/** « Masqué, auteur averti ». */
export function useDecisionWords() {
  const t = useText(texts)
  return ({ on_content, on_author }: Pick<Decision, 'on_content' | 'on_author'>) => {
    const content = t(CONTENT[on_content])
    return on_author === 'none' ? content : `${content}, ${t(AUTHOR[on_author]).toLocaleLowerCase()}`
  }
}

/** « Une publication dans Géographie », « Un message entre quelques personnes ». */
export function useSaid() {
  const t = useText(texts)
  return (said: Pick<MyReport, 'kind' | 'community' | 'square' | 'private'>) => {
    if (said.private) return t('messageApart')
    if (said.kind === 'page_comment' && !said.community) return t('pageCommentApart')
    const name = said.square ? t('square') : (said.community?.name ?? t('somewhere'))
    return t(`${said.kind}In`, { name })
  }
}
