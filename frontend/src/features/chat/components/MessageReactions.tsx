import {
  IconBulb,
  IconBulbFilled,
  IconConfetti,
  IconConfettiFilled,
  IconHeart,
  IconHeartFilled,
  IconThumbUp,
  IconThumbUpFilled,
} from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useReact } from '../mutations'
import { KINDS } from '../state'
import type { Message } from '../types'
import styles from './log.module.css'

/** Its outline, and itself when it is given. */
export const REACTION_ICONS = {
  thanks: [IconHeart, IconHeartFilled],
  agree: [IconThumbUp, IconThumbUpFilled],
  bravo: [IconConfetti, IconConfettiFilled],
  interesting: [IconBulb, IconBulbFilled],
} as const

/** How people reacted, each way with its number; pressed: the reader did so too. */
export function MessageReactions({ message }: { message: Message }) {
  const t = useText(texts)
  const react = useReact()
  if (message.reactions.length === 0) return null
  const may = message.abilities.includes('react')
  return (
    <div className={styles.reactions} role="group" aria-label={t('reactions')}>
      {KINDS.flatMap((kind) => message.reactions.filter((one) => one.kind === kind)).map(({ kind, count, mine }) => (
        <button
          key={kind}
          type="button"
          data-kind={kind}
          aria-pressed={mine}
          aria-label={t('reactionCount', { kind: t(kind), count })}
          disabled={!may}
          onClick={() => react.mutate({ message, kind, stands: !mine })}
        >
          <Icon as={REACTION_ICONS[kind][1]} size={17} />
          {count}
        </button>
      ))}
    </div>
  )
}
