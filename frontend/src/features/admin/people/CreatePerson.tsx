import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
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
import type { Kind } from '../kinds'
import { AffiliationFields, affiliationFields, affiliationOf } from './AffiliationFields'
import { texts } from './i18n'
import { useCreatePerson } from './mutations'
import { nowhere } from './PlaceFields'
import type { Person, PersonDraft } from './queries'

/** Somebody whom the institution knows and who has not come yet. */
export function CreatePerson({ openPerson }: { openPerson: (id: string, words: string) => ReactNode }) {
  const t = useText(texts)
  const [made, setMade] = useState<Person>()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (made) place.current?.focus()
  }, [made])
  if (!made) return <Draft onMade={setMade} />
  return (
    <Slab>
      <Result ref={place}>{t('created', { name: made.name, email: made.addresses[0]?.email ?? '' })}</Result>
      <div className={admin.end}>
        {openPerson(made.id, t('openPerson'))}
        <Button look="secondary" onClick={() => setMade(undefined)}>
          {t('createAnother')}
        </Button>
      </div>
    </Slab>
  )
}

function Draft({ onMade }: { onMade: (person: Person) => void }) {
  const t = useText(texts)
  const [kind, setKind] = useState<Kind>('student')
  const [where, setWhere] = useState(nowhere)
  const [addressKind, setAddressKind] = useState<'institutional' | 'personal'>('institutional')
  const [language, setLanguage] = useState<Language | ''>('')
  const once = useOnce()
  const creating = useCreatePerson()
  const { affiliation: inAffiliation, errors } = sorted(creating.error)

  const create = (values: (name: string) => string) => {
    const draft: PersonDraft = {
      name: values('name').trim(),
      email: values('email').trim(),
      address_kind: addressKind,
      affiliation: affiliationOf(kind, where, values),
      ...(values('identifier').trim() && { identifier: values('identifier').trim() }),
      ...(language && { language }),
    }
    if (!creating.isPending) creating.mutate({ draft, once: once(draft) }, { onSuccess: onMade })
  }

  return (
    <Slab>
      <Form error={errors.form} failure={creating.error} onSubmit={create}>
        <div className={admin.form}>
          <TextField label={t('name')} name="name" maxLength={120} autoComplete="off" error={errors.fields.name} />
          <TextField
            label={t('email')}
            name="email"
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.fields.email}
          />
          <div className={admin.block}>
            <ChoiceGroup
              legend={t('addressKind')}
              options={[
                { value: 'institutional', label: t('institutionalAddress') },
                { value: 'personal', label: t('personalAddress') },
              ]}
              value={addressKind}
              onChange={setAddressKind}
            />
          </div>
          <TextField
            label={t('identifier')}
            hint={t('identifierHint')}
            name="identifier"
            optional
            maxLength={256}
            autoComplete="off"
            spellCheck={false}
            error={errors.fields.identifier}
          />
          <SelectField<Language | ''>
            label={t('language')}
            options={[
              { value: '', label: t('organisationLanguage') },
              ...languages.map((value) => ({ value, label: languageNames[value] })),
            ]}
            value={language}
            onChange={setLanguage}
          />
          <div className={admin.block}>
            <AffiliationFields kind={kind} onKind={setKind} place={where} onPlace={setWhere} errors={inAffiliation} />
          </div>
        </div>
        <div className={admin.end}>
          <Button type="submit" busy={creating.isPending}>
            {t('createGo')}
          </Button>
        </div>
      </Form>
    </Slab>
  )
}

/** The server names nested fields « affiliation/title ». */
function sorted(error: unknown) {
  const nested = affiliationFields.map((field) => `affiliation/${field}` as const)
  const errors = formErrors(error, ['name', 'email', 'identifier', ...nested, 'affiliation'])
  const affiliation = Object.fromEntries(
    affiliationFields.map((field) => [field, errors.fields[`affiliation/${field}`]]),
  ) as Partial<Record<(typeof affiliationFields)[number], string>>
  if (errors.fields.affiliation) affiliation.ends_on ??= errors.fields.affiliation
  return { affiliation, errors }
}
