import { useQuery } from '@tanstack/react-query'
import { Slab } from '@/components/Slab'
import { saidBy } from '@/entities/audience/queries'
import { sentenceOf } from '@/entities/audience/sentence'
import { texts as words } from '@/entities/audience/texts'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './audiences.module.css'
import { automaticQuery } from './automatic'
import { texts } from './automatic.texts'

/** Who is put in a community by a rule, as its members and those at its door read it; nothing where nobody is. */
export function AutomaticNote({ communityId }: { communityId: string }) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  const found = useQuery(automaticQuery(communityId)).data
  if (!found?.rule) return null
  return (
    <Slab title={t('who')}>
      <p className={styles.sentence}>{sentenceOf(saidBy({ rule: found.rule, names: found.names }), tw, language)}</p>
      {found.mine && <p className={styles.note}>{t(found.mine === 'put_in' ? 'putIn' : 'left')}</p>}
    </Slab>
  )
}
