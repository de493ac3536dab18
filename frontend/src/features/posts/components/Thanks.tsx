import { IconHeart, IconHeartFilled } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useThank } from '../mutations'
import type { Post } from '../queries'

export function Thanks({ post }: { post: Post }) {
  const t = useText(texts)
  const thank = useThank(post.id)
  const given = post.reactions.find(({ kind }) => kind === 'thanks')
  const mine = given?.mine ?? false
  return (
    <Button
      look="quiet"
      icon={mine ? IconHeartFilled : IconHeart}
      aria-pressed={mine}
      disabled={!post.abilities.includes('react')}
      busy={thank.isPending}
      onClick={() => thank.mutate(!mine)}
    >
      {t('thanks')} {given?.count || ''}
    </Button>
  )
}
