import { IconArrowUp, IconX } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { IconButton } from '@/components/buttons/IconButton'
import { FieldError } from '@/components/forms/Field'
import { useText } from '@/lib/i18n'
import styles from './attachment.module.css'
import { texts } from './texts'
import type { Item } from './types'
import type { Attachments } from './useAttachments'

/** What may be done with something attached. */
export function Acts({ item, first, attachments }: { item: Item; first: boolean; attachments: Attachments }) {
  const t = useText(texts)
  const { key, name } = item
  return (
    <span className={styles.acts}>
      {!first && (
        <IconButton icon={IconArrowUp} label={t('earlier', { name })} onClick={() => attachments.moveForward(key)} />
      )}
      <IconButton icon={IconX} label={t('remove', { name })} onClick={() => attachments.remove(key)} />
    </span>
  )
}

/** How far it is; once there, a picture is still to be made of it; or why it is not. */
export function Progress({ item }: { item: Item }) {
  const t = useText(texts)
  const { sent, ready, failure } = item
  if (failure !== undefined) return <FieldError id={undefined}>{messageOf(failure)}</FieldError>
  if (ready) return null
  const label = sent < 1 ? t('sending', { percent: Math.round(sent * 100) }) : t('preparing')
  return (
    <p className={styles.progress}>
      <progress value={sent < 1 ? sent : undefined} max={1} aria-label={label} />
      <span aria-hidden="true">{label}</span>
    </p>
  )
}
