import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { texts as common } from '../i18n'
import type { Kind } from '../kinds'
import { AffiliationFields, affiliationFields, affiliationOf } from './AffiliationFields'
import { texts } from './i18n'
import { useAddAffiliation } from './mutations'
import { nowhere } from './PlaceFields'

interface AddAffiliationProps {
  personId: string
  version: string
  onAdded: () => void
}

/** A form that opens where its button was. */
export function AddAffiliation({ personId, version, onAdded }: AddAffiliationProps) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus()
    wasOpen.current = open
  }, [open])
  if (!open) {
    return (
      <div className={admin.end}>
        <Button ref={button} look="secondary" icon={IconPlus} onClick={() => setOpen(true)}>
          {t('addAffiliation')}
        </Button>
      </div>
    )
  }
  return (
    <AffiliationForm
      personId={personId}
      version={version}
      onClose={() => setOpen(false)}
      onAdded={() => {
        setOpen(false)
        onAdded()
      }}
    />
  )
}

function AffiliationForm({ personId, version, onClose, onAdded }: AddAffiliationProps & { onClose: () => void }) {
  const t = useText(texts)
  const tc = useText(common)
  const place = useRef<HTMLDivElement>(null)
  const [kind, setKind] = useState<Kind>('student')
  const [where, setWhere] = useState(nowhere)
  const once = useOnce()
  const adding = useAddAffiliation(personId, version)
  const errors = formErrors(adding.error, affiliationFields)
  useEffect(() => place.current?.querySelector('select')?.focus(), [])
  return (
    <div ref={place} className={admin.block}>
      <Form
        error={errors.form}
        failure={adding.error}
        onSubmit={(values) => {
          const draft = affiliationOf(kind, where, values)
          if (!adding.isPending) adding.mutate({ draft, once: once(draft) }, { onSuccess: onAdded })
        }}
      >
        <div className={admin.form}>
          <AffiliationFields kind={kind} onKind={setKind} place={where} onPlace={setWhere} errors={errors.fields} />
        </div>
        <div className={admin.end}>
          <Button type="submit" busy={adding.isPending}>
            {t('add')}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {tc('cancel')}
          </Button>
        </div>
      </Form>
    </div>
  )
}
