import { useQueryClient } from '@tanstack/react-query'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { languages } from '@/lib/language'
import admin from '../admin.module.css'
import { Conflict } from '../Conflict'
import { SaveBar } from '../SaveBar'
import { texts } from './i18n'
import { useChangePerson } from './mutations'
import { type Person, personQuery } from './queries'

/** What the institution knows of somebody, which its administration may mend. */
export function Identity({ person, version }: { person: Person; version: string }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const { name, identifier, language } = person
  const draft = useDraft({ name, identifier, language })
  const saving = useChangePerson(person.id)
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, ['name', 'identifier', 'language'])
  const labels = { name: t('fieldName'), identifier: t('fieldIdentifier'), language: t('fieldLanguage') }
  const readOnly = !person.abilities.includes('change')

  const change = (more: Partial<typeof draft.now>) => {
    draft.set(more)
    if (saving.isSuccess) saving.reset()
  }
  const save = () =>
    saving.mutate(
      { change: draft.changes, version },
      {
        onSuccess: draft.reset,
        onError: (error) => {
          if (!isOvertaken(error)) return
          draft.overtaken()
          void queryClient.refetchQueries(personQuery(person.id))
        },
      },
    )

  return (
    <Slab title={t('identity')}>
      <Form error={errors.form} failure={overtaken ? null : saving.error} onSubmit={() => saving.isPending || save()}>
        {overtaken && <Conflict changed={(draft.conflict ?? []).map((field) => labels[field])} />}
        <div className={admin.form}>
          <TextField
            label={t('name')}
            value={draft.now.name}
            onChange={(event) => change({ name: event.target.value })}
            maxLength={120}
            autoComplete="off"
            readOnly={readOnly}
            error={errors.fields.name}
          />
          <TextField
            label={t('identifier')}
            hint={t('identifierHint')}
            optional
            value={draft.now.identifier ?? ''}
            onChange={(event) => change({ identifier: event.target.value || null })}
            maxLength={256}
            autoComplete="off"
            spellCheck={false}
            readOnly={readOnly}
            error={errors.fields.identifier}
          />
          <SelectField
            label={t('language')}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={draft.now.language}
            onChange={(value) => change({ language: value })}
            disabled={readOnly}
            error={errors.fields.language}
          />
        </div>
        {!readOnly && (
          <SaveBar
            busy={saving.isPending}
            saved={saving.isSuccess}
            conflict={overtaken}
            onTakeTheirs={() => {
              draft.reset()
              saving.reset()
            }}
          />
        )}
      </Form>
    </Slab>
  )
}
