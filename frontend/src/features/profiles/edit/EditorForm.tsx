import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { addressesQuery } from '@/entities/address/queries'
import { AvatarForm } from '@/entities/person/AvatarForm'
import type { SessionMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { MyProfile } from '../queries'
import type { Field } from './draft'
import styles from './edit.module.css'
import { texts } from './i18n'
import { LanguageFields } from './LanguageFields'
import { LinkFields } from './LinkFields'
import { MentoringFields } from './MentoringFields'
import { PathFields } from './PathFields'
import { PlaceFields } from './PlaceFields'
import type { EditorLinks } from './ProfileEditor'
import { SaveBar } from './SaveBar'
import { Section, SingleField } from './Section'
import { SkillField } from './SkillField'
import { useProfileForm } from './useProfileForm'

interface EditorFormProps {
  member: SessionMember
  profile: MyProfile
  version: string
  links: EditorLinks
}

export function EditorForm({ member, profile, version, links }: EditorFormProps) {
  const t = useText(texts)
  const form = useProfileForm(profile, version)
  const { now, change, errorOf } = form
  const level = (field: Field) => ({ level: now.levels[field], onLevel: form.changeLevel(field) })
  return (
    <Form error={form.formError} failure={form.failure} onSubmit={() => form.isSaving || form.save()}>
      <div className={styles.slabs}>
        <Slab title={t('identity')}>
          <Section title={t('photo')} {...level('avatar')}>
            <AvatarForm member={member} />
          </Section>
          <SingleField title={t('headline')} {...level('headline')}>
            <TextField
              label={t('headline')}
              hint={t('headlineHint')}
              optional
              value={now.headline}
              maxLength={160}
              onChange={(event) => change({ headline: event.target.value })}
              error={errorOf('headline')}
            />
          </SingleField>
          <SingleField title={t('pronouns')} {...level('pronouns')}>
            <TextField
              label={t('pronouns')}
              hint={t('pronounsHint')}
              optional
              value={now.pronouns}
              maxLength={40}
              autoComplete="off"
              onChange={(event) => change({ pronouns: event.target.value })}
              error={errorOf('pronouns')}
            />
          </SingleField>
          <Section title={t('place')} {...level('place')}>
            <PlaceFields place={now.place} onChange={(place) => change({ place })} errorOf={errorOf} />
          </Section>
        </Slab>
        <Slab>
          <Section title={t('path')} hint={t('pathLead')} {...level('path')}>
            <PathFields path={now.path} onChange={(path) => change({ path })} errorOf={errorOf} />
          </Section>
        </Slab>
        <Slab>
          <Section title={t('skills')} {...level('skills')}>
            <SkillField skills={now.skills} onChange={(skills) => change({ skills })} error={errorOf('skills')} />
          </Section>
          <SingleField title={t('biography')} {...level('biography')}>
            <TextArea
              label={t('biography')}
              hint={t('biographyHint')}
              optional
              value={now.biography}
              maxLength={5000}
              rows={6}
              onChange={(event) => change({ biography: event.target.value })}
              error={errorOf('biography')}
            />
          </SingleField>
          <Section title={t('languages')} {...level('languages')}>
            <LanguageFields spoken={now.languages} onChange={(languages) => change({ languages })} />
          </Section>
        </Slab>
        <Slab>
          <Section title={t('mentoring')} hint={t('mentoringHint')} {...level('mentoring')}>
            <MentoringFields
              offer={now.mentoring}
              languages={now.languages.map(({ code }) => code)}
              onChange={(mentoring) => change({ mentoring })}
              errorOf={errorOf}
            />
          </Section>
        </Slab>
        <Slab title={t('contact')}>
          <SingleField title={t('email')} {...level('email')}>
            <EmailField
              value={now.email_address_id}
              onChange={(email_address_id) => change({ email_address_id })}
              error={errorOf('email_address_id')}
            />
          </SingleField>
          <Section title={t('links')} {...level('links')}>
            <LinkFields links={now.links} onChange={(more) => change({ links: more })} errorOf={errorOf} />
          </Section>
        </Slab>
        <Slab title={t('elsewhere')}>
          <Section title={t('affiliations')} hint={t('affiliationsHint')} {...level('affiliations')} />
          <Section
            title={t('interests')}
            hint={t.rich('interestsHint', { page: links.interests(t('interests')) })}
            {...level('interests')}
          />
        </Slab>
        <SaveBar form={form} />
      </div>
      <Guard isChanged={form.isChanged && !form.isSaving} />
    </Form>
  )
}

interface EmailFieldProps {
  value: string
  onChange: (id: string) => void
  error: string | undefined
}

function EmailField({ value, onChange, error }: EmailFieldProps) {
  const t = useText(texts)
  const { data = [] } = useQuery(addressesQuery)
  const confirmed = data.filter(({ verified_at }) => verified_at !== null)
  return (
    <SelectField
      label={t('email')}
      hint={t('emailHint')}
      options={[{ value: '', label: t('noEmail') }, ...confirmed.map(({ id, email }) => ({ value: id, label: email }))]}
      value={value}
      onChange={onChange}
      error={error}
      optional
    />
  )
}

/** Asks before what is not saved is left behind. */
function Guard({ isChanged }: { isChanged: boolean }) {
  const t = useText(texts)
  const leaving = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      open={leaving.status === 'blocked'}
      onClose={() => leaving.status === 'blocked' && leaving.reset()}
      title={t('leaveTitle')}
      confirm={t('leave')}
      danger
      onConfirm={async () => leaving.status === 'blocked' && leaving.proceed()}
    >
      {t('leaveText')}
    </ConfirmDialog>
  )
}
