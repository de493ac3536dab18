import {
  IconAt,
  IconBuildingArch,
  IconFlame,
  IconMessages,
  IconPin,
  IconSparkles,
  IconSpeakerphone,
  IconUser,
  IconUserHeart,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Icon, type IconType } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import type { FeedReason } from '../feed'
import { texts } from '../feed.texts'
import styles from './feed.module.css'

const icons: Record<FeedReason['type'], IconType> = {
  announcement: IconSpeakerphone,
  square: IconBuildingArch,
  named: IconAt,
  yours: IconUser,
  taking_part: IconMessages,
  contact: IconUserHeart,
  pinned: IconPin,
  interest: IconSparkles,
  lively: IconFlame,
  active: IconUsersGroup,
  community: IconUsersGroup,
}

/** Why a post is in the feed, in words. */
export function Reason({ reason }: { reason: FeedReason }) {
  const t = useText(texts)
  const community = reason.community?.name ?? ''
  const words = {
    announcement: () => t('why_announcement'),
    square: () => t('why_square'),
    named: () => t('why_named'),
    yours: () => t('why_yours'),
    taking_part: () => t('why_taking_part'),
    contact: () => t('why_contact'),
    pinned: () => t('why_pinned', { community }),
    interest: () => t('why_interest', { subject: reason.subject ?? '' }),
    lively: () => t('why_lively'),
    active: () => t('why_active', { community }),
    community: () => t('why_community', { community }),
  }[reason.type]
  return (
    <p className={styles.reason}>
      <Icon as={icons[reason.type]} size={17} />
      {words()}
    </p>
  )
}
