import { IconCirclePlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Icon } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Profile } from '../queries'
import styles from './profile.module.css'

const MOST = 3

/** On one's own profile: what could be added, a few things at a time, and none when all is there. */
export function Hints({ profile, toEditor }: { profile: Profile; toEditor: ReactNode }) {
  const t = useText(texts)
  const left = [
    profile.headline === null && t('hintHeadline'),
    profile.path.length === 0 && t('hintPath'),
    profile.skills.length === 0 && t('hintSkills'),
    profile.place === null && t('hintPlace'),
    profile.avatar === null && t('hintAvatar'),
  ].filter((words) => words !== false)
  if (left.length === 0) return null
  return (
    <Slab title={t('hints')} className={styles.hints}>
      <p className={styles.note}>{t('hintsText')}</p>
      <ul>
        {left.slice(0, MOST).map((words) => (
          <li key={words}>
            <Icon as={IconCirclePlus} />
            {words}
          </li>
        ))}
      </ul>
      <div className={styles.go}>{toEditor}</div>
    </Slab>
  )
}
