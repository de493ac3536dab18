import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import { Checkbox } from '@/components/forms/Checkbox'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { FieldError } from '@/components/forms/Field'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { type Language, languages } from '@/lib/language'
import admin from '../admin.module.css'
import { Conflict } from '../Conflict'
import { SaveBar } from '../SaveBar'
import { DomainTable } from './DomainTable'
import { type DomainLine, domainsOf, linesOf, twice } from './domains'
import { texts } from './i18n'
import styles from './organisation.module.css'
import { type Organisation, settingsQuery, useChangeOrganisation } from './queries'

const fields = [
  'name',
  'short_name',
  'languages',
  'default_language',
  'registration',
  'guests',
  'weekly_announcements',
  'share_links',
  'domains',
] as const

export function OrganisationForm({ organisation, version }: { organisation: Organisation; version: string }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const draft = useDraft(settingsOf(organisation))
  const [lines, setLines] = useState<DomainLine[]>()
  const saving = useChangeOrganisation()
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, fields)
  const { now } = draft
  const shownLines = lines ?? linesOf(now.domains)
  const repeated = twice(shownLines)
  const labels = {
    name: t('fieldName'),
    short_name: t('fieldShortName'),
    languages: t('fieldLanguages'),
    default_language: t('fieldDefaultLanguage'),
    registration: t('fieldRegistration'),
    guests: t('fieldGuests'),
    weekly_announcements: t('fieldWeekly'),
    share_links: t('fieldShareLinks'),
    domains: t('fieldDomains'),
  }

  const change = (more: Partial<typeof now>) => {
    draft.set(more)
    if (saving.isSuccess) saving.reset()
  }
  const changeLines = (next: DomainLine[]) => {
    setLines(next)
    change({ domains: domainsOf(next) })
  }
  const reset = () => {
    draft.reset()
    setLines(undefined)
  }
  const offer = (language: Language, offered: boolean) =>
    change({ languages: languages.filter((one) => (one === language ? offered : now.languages.includes(one))) })
  const save = () =>
    saving.mutate(
      { change: draft.changes, version },
      {
        onSuccess: reset,
        onError: (error) => {
          if (!isOvertaken(error)) return
          draft.overtaken()
          void queryClient.refetchQueries(settingsQuery)
        },
      },
    )

  return (
    <Slab title={t('settings')}>
      <Form
        error={errors.form}
        failure={overtaken ? null : saving.error}
        onSubmit={() => saving.isPending || repeated || save()}
      >
        {overtaken && <Conflict changed={(draft.conflict ?? []).map((field) => labels[field])} />}
        <div className={admin.form}>
          <TextField
            label={t('name')}
            hint={t('nameHint')}
            value={now.name}
            onChange={(event) => change({ name: event.target.value })}
            maxLength={120}
            autoComplete="off"
            error={errors.fields.name}
          />
          <TextField
            label={t('shortName')}
            hint={t('shortNameHint')}
            value={now.short_name}
            onChange={(event) => change({ short_name: event.target.value })}
            maxLength={40}
            autoComplete="off"
            error={errors.fields.short_name}
          />
        </div>
        <div className={`${admin.block} ${admin.form}`}>
          <fieldset className={styles.languages} aria-describedby="languages-hint">
            <legend>{t('languages')}</legend>
            <p id="languages-hint" className={admin.muted}>
              {t('languagesHint')}
            </p>
            {languages.map((language) => (
              <Checkbox
                key={language}
                label={languageNames[language]}
                checked={now.languages.includes(language)}
                onChange={(event) => offer(language, event.target.checked)}
              />
            ))}
            {errors.fields.languages && <FieldError id="languages-error">{errors.fields.languages}</FieldError>}
          </fieldset>
          <SelectField
            label={t('defaultLanguage')}
            hint={t('defaultLanguageHint')}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={now.default_language}
            onChange={(value) => change({ default_language: value })}
            error={errors.fields.default_language}
          />
        </div>
        <div className={admin.block}>
          <ChoiceGroup
            legend={t('registration')}
            options={[
              { value: 'invitation', label: t('invitation'), hint: t('invitationHint') },
              { value: 'domains', label: t('byDomain'), hint: t('byDomainHint') },
            ]}
            value={now.registration}
            onChange={(value) => change({ registration: value })}
            error={errors.fields.registration}
          />
        </div>
        <div className={admin.block}>
          <Checkbox
            label={t('guests')}
            hint={t('guestsHint')}
            checked={now.guests}
            onChange={(event) => change({ guests: event.target.checked })}
          />
        </div>
        <div className={admin.block}>
          <TextField
            label={t('weekly')}
            hint={t('weeklyHint')}
            type="number"
            min={1}
            max={50}
            value={now.weekly_announcements}
            onChange={(event) => change({ weekly_announcements: event.target.valueAsNumber || 1 })}
            error={errors.fields.weekly_announcements}
          />
        </div>
        <div className={admin.block}>
          <Checkbox
            label={t('shareLinks')}
            hint={t('shareLinksHint')}
            checked={now.share_links}
            onChange={(event) => change({ share_links: event.target.checked })}
          />
        </div>
        <div className={admin.block}>
          <DomainTable
            lines={shownLines}
            onChange={changeLines}
            error={repeated ? t('twice', { domain: repeated }) : errors.fields.domains}
          />
        </div>
        <SaveBar
          busy={saving.isPending}
          saved={saving.isSuccess}
          conflict={overtaken}
          onTakeTheirs={() => {
            reset()
            saving.reset()
          }}
        />
      </Form>
    </Slab>
  )
}

/** What this form changes. */
function settingsOf(organisation: Organisation) {
  const { name, short_name, languages, default_language, registration } = organisation
  const { guests, weekly_announcements, share_links } = organisation
  const domains = organisation.domains ?? {}
  const said = { name, short_name, languages, default_language, registration }
  return { ...said, guests, weekly_announcements, share_links, domains }
}
