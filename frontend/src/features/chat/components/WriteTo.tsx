import { IconMessageCircle } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button, type ButtonLook } from '@/components/buttons/Button'
import { showToast } from '@/components/toast/toasts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useStartConversation } from '../mutations'

interface WriteToProps extends Pick<ButtonLook, 'look' | 'size'> {
  id: string
  name: string
  onStarted: (conversationId: string) => void
}

/** Opens what one and somebody say to each other, begun already or not. */
export function WriteTo({ id, name, onStarted, look = 'secondary', size }: WriteToProps) {
  const t = useText(texts)
  const start = useStartConversation()
  return (
    <Button
      look={look}
      size={size}
      icon={IconMessageCircle}
      busy={start.isPending}
      aria-label={t('writeTo', { name })}
      onClick={() =>
        start.mutate(
          { kind: 'direct', member_id: id, name: '', history: 'all' },
          {
            onSuccess: (conversation) => onStarted(conversation.id),
            onError: (error) => showToast({ text: messageOf(error) }),
          },
        )
      }
    >
      {t('writeToPerson')}
    </Button>
  )
}
