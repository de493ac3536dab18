import { IconDots, IconMoodPlus } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Dialog } from '@/components/overlays/Dialog'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useReact } from '../mutations'
import { KINDS } from '../state'
import type { Message } from '../types'
import styles from './log.module.css'
import { REACTION_ICONS } from './MessageReactions'
import { type MessageActs, useMessageActions } from './useMessageActions'

interface MessageToolsProps {
  message: Message
  acts: MessageActs
}

/** Over a message that is pointed at or has the focus. */
export function MessageTools({ message, acts, onOpen }: MessageToolsProps & { onOpen: (open: boolean) => void }) {
  const t = useText(texts)
  const { atHand, more, mayReact } = useMessageActions(message, acts)
  const kinds = useKinds(message)
  return (
    <div className={styles.tools} role="group" aria-label={t('actions')}>
      {mayReact && (
        <Menu items={kinds} onOpen={onOpen}>
          <IconButton icon={IconMoodPlus} label={t('react')} />
        </Menu>
      )}
      {atHand.map(
        ({ label, icon, onSelect }) => icon && <IconButton key={label} icon={icon} label={label} onClick={onSelect} />,
      )}
      <Menu items={more} onOpen={onOpen}>
        <IconButton icon={IconDots} label={t('more')} />
      </Menu>
    </div>
  )
}

/** The same under the thumb, after a long press. */
export function MessageSheet({ message, acts, onClose }: MessageToolsProps & { onClose: () => void }) {
  const t = useText(texts)
  const { atHand, more, mayReact } = useMessageActions(message, acts)
  const kinds = useKinds(message)
  const buttons = [...atHand, ...more]
  return (
    <Dialog open onClose={onClose} title={t('actions')} width={420}>
      {mayReact && (
        <div className={styles.kinds}>
          {kinds.map(({ label, icon, onSelect }) => (
            <Button key={label} look="soft" icon={icon} onClick={() => act(onSelect, onClose)}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <div className={styles.sheet}>
        {buttons.map(({ label, icon, onSelect, danger }) => (
          <Button
            key={label}
            look={danger ? 'danger' : 'quiet'}
            wide
            icon={icon}
            onClick={() => act(onSelect, onClose)}
          >
            {label}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

function act(select: (() => void) | undefined, close: () => void) {
  close()
  select?.()
}

function useKinds(message: Message) {
  const t = useText(texts)
  const react = useReact()
  return KINDS.map((kind) => {
    const mine = message.reactions.find((one) => one.kind === kind)?.mine ?? false
    return {
      label: t(kind),
      icon: REACTION_ICONS[kind][mine ? 1 : 0],
      onSelect: () => react.mutate({ message, kind, stands: !mine }),
    }
  })
}
