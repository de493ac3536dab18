import { useEffect, useRef, useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { type Language, languages } from '@/lib/language'
import admin from '../admin.module.css'
import { type Kind, kinds } from '../kinds'
import { kindNames } from '../words.texts'
import { texts } from './i18n'
import { type InvitationDraft, type NewInvitation, useInvite } from './queries'

const durations = ['1', '7', '14', '30', '90'] as const

/** One person by mail, or a link for several. */
export function Invite() {
  const t = useText(texts)
  const [made, setMade] = useState<NewInvitation>()
  const link = made?.link
  return (
    <Slab title={t('invite')}>
      {link ? <MadeLink link={link} onDone={() => setMade(undefined)} /> : <Draft onMade={setMade} />}
      <div className={admin.said}>
        <Result>{made?.email && t('mailed', { email: made.email })}</Result>
      </div>
    </Slab>
  )
}

/** The link, shown this once: its field has the focus, ready to be copied. */
function MadeLink({ link, onDone }: { link: string; onDone: () => void }) {
  const t = useText(texts)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <div className={admin.form}>
      <h3>{t('madeTitle')}</h3>
      <p className={admin.lead}>{t('madeLead')}</p>
      <TextField ref={field} label={t('link')} value={link} readOnly spellCheck={false} />
      <div className={admin.end}>
        <CopyButton text={link} look="primary">
          {t('copy')}
        </CopyButton>
        <Button look="secondary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}

function Draft({ onMade }: { onMade: (invitation: NewInvitation) => void }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const [by, setBy] = useState<'mail' | 'link'>('mail')
  const [kind, setKind] = useState<Kind>('student')
  const [days, setDays] = useState<(typeof durations)[number]>('14')
  const [language, setLanguage] = useState<Language | ''>('')
  const once = useOnce()
  const inviting = useInvite()
  const errors = formErrors(inviting.error, ['email', 'affiliation', 'max_uses', 'days', 'note', 'language'])
  const form = useRef<HTMLDivElement>(null)

  const invite = (values: (name: string) => string) => {
    if (inviting.isPending) return
    const draft: InvitationDraft = {
      affiliation: kind,
      note: values('note').trim(),
      days: Number(days),
      max_uses: by === 'link' ? Number(values('max_uses')) : 1,
      ...(by === 'mail' && { email: values('email').trim() }),
      ...(by === 'mail' && language && { language }),
    }
    inviting.mutate(
      { draft, once: once(draft) },
      {
        onSuccess: (made) => {
          for (const input of form.current?.querySelectorAll('input[name]') ?? []) {
            if (input instanceof HTMLInputElement && input.type !== 'radio') input.value = input.defaultValue
          }
          onMade(made)
        },
      },
    )
  }

  return (
    <Form error={errors.form} failure={inviting.error} onSubmit={invite}>
      <div className={admin.form} ref={form}>
        <ChoiceGroup
          legend={t('by')}
          options={[
            { value: 'mail', label: t('byMail'), hint: t('byMailHint') },
            { value: 'link', label: t('byLink'), hint: t('byLinkHint') },
          ]}
          value={by}
          onChange={setBy}
        />
        <div className={admin.block}>
          {by === 'mail' ? (
            <TextField
              key="email"
              label={t('email')}
              name="email"
              type="email"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={errors.fields.email}
            />
          ) : (
            <TextField
              key="max_uses"
              label={t('maxUses')}
              name="max_uses"
              type="number"
              inputMode="numeric"
              min={1}
              max={10_000}
              defaultValue="1"
              error={errors.fields.max_uses}
            />
          )}
          <SelectField
            label={t('kind')}
            options={kinds.map((value) => ({ value, label: tk(value) }))}
            value={kind}
            onChange={setKind}
            error={errors.fields.affiliation}
          />
          <SelectField
            label={t('days')}
            options={durations.map((value) => ({ value, label: t(`days${value}`) }))}
            value={days}
            onChange={setDays}
            error={errors.fields.days}
          />
          {by === 'mail' && (
            <SelectField<Language | ''>
              label={t('language')}
              options={[
                { value: '', label: t('organisationLanguage') },
                ...languages.map((value) => ({ value, label: languageNames[value] })),
              ]}
              value={language}
              onChange={setLanguage}
              error={errors.fields.language}
            />
          )}
          <TextField
            label={t('note')}
            hint={t('noteHint')}
            name="note"
            optional
            maxLength={200}
            autoComplete="off"
            error={errors.fields.note}
          />
        </div>
      </div>
      <div className={admin.end}>
        <Button type="submit" busy={inviting.isPending}>
          {t(by === 'mail' ? 'inviteByMail' : 'inviteByLink')}
        </Button>
      </div>
    </Form>
  )
}
