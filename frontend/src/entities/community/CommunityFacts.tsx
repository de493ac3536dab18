import { IconEyeOff, IconLock, IconUsers, IconWorld } from '@tabler/icons-react'
import { Icon, type IconType } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import styles from './community.module.css'
import type { Access, Card } from './queries'
import { texts } from './texts'

const icons: Record<Access, IconType> = { open: IconWorld, on_request: IconLock, secret: IconEyeOff }

/** Who may come in, and how many have. */
export function CommunityFacts({ community }: { community: Pick<Card, 'access' | 'people'> }) {
  const t = useText(texts)
  return (
    <>
      <span className={styles.fact}>
        <Icon as={icons[community.access]} size={17} />
        {t(community.access)}
      </span>
      <span className={styles.fact}>
        <Icon as={IconUsers} size={17} />
        {t('people', { count: community.people })}
      </span>
    </>
  )
}
