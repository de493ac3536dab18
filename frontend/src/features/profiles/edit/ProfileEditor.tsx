import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import { Slab, Slabs } from '@/components/Slab'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { myProfileQuery } from '../queries'
import { EditorForm } from './EditorForm'
import styles from './edit.module.css'
import { texts } from './i18n'
import { LevelsLegend } from './LevelsLegend'

export interface EditorLinks {
  profile: (words: string) => ReactNode
  account: (words: string) => ReactNode
  interests: (words: string) => ReactNode
}

/** What one's profile says, and to whom. */
export function ProfileEditor({ links }: { links: EditorLinks }) {
  const t = useText(texts)
  const member = useMember()
  const profile = useQuery(myProfileQuery)
  return (
    <Slabs>
      <Slab title={t('levelsTitle')} aside={links.profile(t('seeAs'))}>
        <LevelsLegend />
        <p className={styles.hint}>{t.rich('nameIsElsewhere', { account: links.account(t('account')) })}</p>
      </Slab>
      <Loaded query={profile} lines={8}>
        {({ data, version }) => <EditorForm member={member} profile={data} version={version} links={links} />}
      </Loaded>
    </Slabs>
  )
}
