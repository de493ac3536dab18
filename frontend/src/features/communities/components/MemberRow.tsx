import { IconBan, IconDots, IconShield, IconStar, IconUser, IconUserMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { TextField } from '@/components/forms/TextField'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import type { Role } from '@/entities/community/queries'
import { texts as words } from '@/entities/community/texts'
import { PersonChip } from '@/entities/person/PersonChip'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useBan, useGiveRole, useTakeOut } from '../mutations'
import type { CommunityMember } from '../queries'

const acts = {
  owner: { label: 'makeOwner', title: 'makeOwnerTitle', text: 'makeOwnerText', icon: IconStar },
  moderator: { label: 'makeModerator', title: 'makeModeratorTitle', text: 'makeModeratorText', icon: IconShield },
  member: { label: 'makeMember', title: 'makeMemberTitle', text: 'makeMemberText', icon: IconUser },
  out: { label: 'takeOut', title: 'takeOutTitle', text: 'takeOutText', icon: IconUserMinus },
  ban: { label: 'ban', title: 'banTitle', text: 'banText', icon: IconBan },
} as const
type Act = keyof typeof acts
const roles = ['owner', 'moderator', 'member'] as const satisfies Role[]

interface MemberRowProps {
  communityId: string
  member: CommunityMember
  /** Whether he is connected, and does not hide it. */
  online?: boolean
  to: string
}

/** Somebody in a community, and what may be done to his place there; each act says first what it does. */
export function MemberRow({ communityId, member, online = false, to }: MemberRowProps) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  const [act, setAct] = useState<Act>('member')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const give = useGiveRole(communityId)
  const takeOut = useTakeOut(communityId)
  const ban = useBan(communityId)
  const { person, role, since, until } = member
  const { name } = person
  const offered = actsOn(member)
  const items: MenuItem[] = offered.map((one) => ({
    label: t(acts[one].label),
    icon: acts[one].icon,
    danger: one === 'out' || one === 'ban',
    apart: one === 'out' && offered.length > 1,
    onSelect: () => {
      setAct(one)
      setReason('')
      setOpen(true)
    },
  }))
  const confirmed = () => {
    if (act === 'ban') return ban.mutateAsync({ memberId: person.id, reason: reason.trim() })
    return act === 'out' ? takeOut.mutateAsync(person.id) : give.mutateAsync({ memberId: person.id, role: act })
  }
  return (
    <li>
      <PersonChip person={person} to={to} online={online} />
      {role !== 'member' && <Chip look="line">{tw(role)}</Chip>}
      <small>
        {until ? t('until', { date: formatDate(until, language) }) : t('since', { date: formatDate(since, language) })}
      </small>
      {items.length > 0 && (
        <Menu items={items}>
          <IconButton icon={IconDots} label={t('actionsOn', { name })} />
        </Menu>
      )}
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(acts[act].title, { name })}
        confirm={t(acts[act].label)}
        danger={act === 'out' || act === 'ban'}
        onConfirm={confirmed}
      >
        <p>{t(acts[act].text, { name })}</p>
        {act === 'ban' && (
          <TextField
            label={t('banReason')}
            hint={t('banReasonHint')}
            optional
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </ConfirmDialog>
    </li>
  )
}

function actsOn({ abilities, role }: CommunityMember): Act[] {
  const given: Act[] = abilities.includes('give_role') ? roles.filter((one) => one !== role) : []
  const away = (['take_out', 'ban'] as const).filter((ability) => abilities.includes(ability))
  return [...given, ...away.map((ability) => (ability === 'ban' ? 'ban' : 'out'))]
}
