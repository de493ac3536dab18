import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useInviteGuest, useMakeLink } from '../mutations'
import type { Community } from '../queries'
import styles from './community.module.css'
import { InvitePeople } from './InvitePeople'

const uses = ['1', '25', '200'] as const
const days = ['1', '14', '90'] as const
const stays = ['30', '180', '365'] as const

/** Lets others in: members of the organisation by name or by a link, and for a time by an address from outside. */
export function Inviting({ community, guests }: { community: Community; guests: boolean }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={IconUserPlus} onClick={() => setOpen(true)}>
        {t('invite')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('inviteTitle', { name: community.name })}>
        <InvitePeople communityId={community.id} />
        <LinkForm communityId={community.id} />
        {guests && community.abilities.includes('invite_guests') && <GuestForm communityId={community.id} />}
      </Dialog>
    </>
  )
}

function LinkForm({ communityId }: { communityId: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const once = useOnce()
  const [max, setMax] = useState<(typeof uses)[number]>('25')
  const [lasts, setLasts] = useState<(typeof days)[number]>('14')
  const make = useMakeLink(communityId)
  const errors = formErrors(make.error, [])
  const draft = { max_uses: Number(max), days: Number(lasts) }
  return (
    <Form
      error={errors.form}
      failure={make.error}
      onSubmit={() => make.isPending || make.mutate({ draft, once: once({ ...draft, made: make.data?.id }) })}
    >
      <div className={styles.stack}>
        <h3>{t('byLink')}</h3>
        <p>{t('byLinkText')}</p>
        <SelectField
          label={t('linkUses')}
          options={uses.map((value) => ({ value, label: t('usesOf', { count: Number(value) }) }))}
          value={max}
          onChange={setMax}
        />
        <SelectField
          label={t('linkDays')}
          options={days.map((value) => ({ value, label: t('daysOf', { count: Number(value) }) }))}
          value={lasts}
          onChange={setLasts}
        />
        <p className={styles.buttons}>
          <Button type="submit" look={make.data ? 'secondary' : 'primary'} busy={make.isPending}>
            {t('makeLink')}
          </Button>
        </p>
        {make.data && (
          <div role="status">
            <p>{t('linkMade', { date: formatDate(make.data.expires_at, language) })}</p>
            <CopyButton text={new URL(make.data.link, window.location.href).href} look="primary">
              {t('copyLink')}
            </CopyButton>
          </div>
        )}
      </div>
    </Form>
  )
}

function GuestForm({ communityId }: { communityId: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const once = useOnce()
  const [email, setEmail] = useState('')
  const [stay, setStay] = useState<(typeof stays)[number]>('180')
  const invite = useInviteGuest(communityId)
  const errors = formErrors(invite.error, ['email'])
  const draft = { email: email.trim(), days: Number(stay) }
  return (
    <Form
      error={errors.form}
      failure={invite.error}
      onSubmit={() =>
        invite.isPending || invite.mutate({ draft, once: once(draft) }, { onSuccess: () => setEmail('') })
      }
    >
      <div className={styles.stack}>
        <h3>{t('byAddress')}</h3>
        <p>{t('byAddressText')}</p>
        <TextField
          type="email"
          label={t('guestEmail')}
          value={email}
          error={errors.fields.email}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setEmail(event.target.value)}
        />
        <SelectField
          label={t('guestStay')}
          options={stays.map((value) => ({ value, label: t('daysOf', { count: Number(value) }) }))}
          value={stay}
          onChange={setStay}
        />
        <p className={styles.buttons}>
          <Button type="submit" look="secondary" busy={invite.isPending}>
            {t('inviteGuest')}
          </Button>
        </p>
        {invite.data && (
          <p role="status">
            {t('guestInvited', { email: invite.data.email, date: formatDate(invite.data.until, language) })}
          </p>
        )}
      </div>
    </Form>
  )
}
