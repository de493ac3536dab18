import {
  IconBulb,
  IconBulbFilled,
  IconConfetti,
  IconConfettiFilled,
  IconHeart,
  IconHeartFilled,
  IconMoodPlus,
  IconThumbUp,
  IconThumbUpFilled,
  IconUsers,
} from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import { useActs, withActs } from '../acts'
import { texts } from '../i18n'
import { useReact } from '../mutations'
import { type Reaction, type ReactionKind, reactorsQuery } from '../queries'
import { PeopleDialog } from './PeopleDialog'

const KINDS = ['thanks', 'agree', 'bravo', 'interesting'] as const
const ICONS = {
  thanks: [IconHeart, IconHeartFilled],
  agree: [IconThumbUp, IconThumbUpFilled],
  bravo: [IconConfetti, IconConfettiFilled],
  interesting: [IconBulb, IconBulbFilled],
} as const

interface ReactionsProps {
  postId: string
  /** Reactions to this comment, in place of the post. */
  commentId?: string
  given: readonly Reaction[]
  may: boolean
  size?: 'small' | 'medium'
}

/** How people reacted: thanks always at hand, the others where somebody gave them, all of them in a menu. */
export function Reactions({ postId, commentId, given: counted, may, size = 'medium' }: ReactionsProps) {
  const t = useText(texts)
  const [asked, setAsked] = useState<ReactionKind>()
  const react = useReact(postId, commentId)
  const given = withActs(counted, useActs().acts, postId, commentId)
  const of = (kind: ReactionKind) => given.find((one) => one.kind === kind)
  const turn = (kind: ReactionKind) => react.isPending || react.mutate({ kind, stands: !of(kind)?.mine })
  const items: MenuItem[] = may
    ? KINDS.map((kind) => ({
        label: t(kind),
        icon: ICONS[kind][Number(of(kind)?.mine)] ?? IconHeart,
        onSelect: () => turn(kind),
      }))
    : []
  if (given[0])
    items.push({ label: t('whoReacted'), icon: IconUsers, apart: may, onSelect: () => setAsked(given[0]?.kind) })
  return (
    <>
      {KINDS.filter((kind) => kind === 'thanks' || of(kind)).map((kind) => (
        <Button
          key={kind}
          look="quiet"
          size={size}
          icon={ICONS[kind][Number(of(kind)?.mine ?? false)]}
          aria-pressed={of(kind)?.mine ?? false}
          disabled={!may}
          onClick={() => turn(kind)}
        >
          {t(kind)} {of(kind)?.count || ''}
        </Button>
      ))}
      {items.length > 0 && (
        <Menu items={items} position="top-start">
          <IconButton icon={IconMoodPlus} label={t('react')} />
        </Menu>
      )}
      {asked && (
        <PeopleDialog
          open
          onClose={() => setAsked(undefined)}
          title={t('whoReacted')}
          query={reactorsQuery(postId, commentId, asked)}
        >
          <Pills
            label={t('reactions')}
            options={given.map(({ kind, count }) => ({ value: kind, label: `${t(kind)} ${count}` }))}
            value={asked}
            onChange={setAsked}
          />
        </PeopleDialog>
      )}
    </>
  )
}
