import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Slab, Slabs } from '@/components/Slab'
import { UnitField } from '@/entities/structure/UnitField'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { Conflict } from '../Conflict'
import { SaveBar } from '../SaveBar'
import { Cohorts } from './Cohorts'
import { DeletePlace } from './DeletePlace'
import { texts } from './i18n'
import { useChangeProgramme, useDeleteProgramme } from './mutations'
import { PlaceHead } from './PlaceHead'
import { type ProgrammePlace, programmeQuery } from './queries'

interface ProgrammeViewProps {
  id: string
  unitAddress: (id: string) => string
  cohortAddress: (id: string) => string
  onGone: () => void
}

/** A programme: its cohorts, and what is said of it. */
export function ProgrammeView({ id, ...rest }: ProgrammeViewProps) {
  const programme = useQuery(programmeQuery(id))
  return (
    <Loaded query={programme} lines={8}>
      {({ data, version }) => <View key={id} programme={data} version={version} {...rest} />}
    </Loaded>
  )
}

interface ViewProps extends Omit<ProgrammeViewProps, 'id'> {
  programme: ProgrammePlace
  version: string
}

function View({ programme, version, unitAddress, cohortAddress, onGone }: ViewProps) {
  const deleting = useDeleteProgramme(programme.id, version)
  const { unit } = programme
  return (
    <>
      <PlaceHead name={programme.name} path={unit ? [{ name: unit.name, to: unitAddress(unit.id) }] : []} />
      <Slabs>
        <Cohorts programmeId={programme.id} addressOf={cohortAddress} />
        <Settings programme={programme} version={version} />
        <DeletePlace
          name={programme.name}
          deletable={programme.abilities.includes('delete')}
          onDelete={deleting.mutateAsync}
          onGone={onGone}
        />
      </Slabs>
    </>
  )
}

function Settings({ programme, version }: { programme: ProgrammePlace; version: string }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const draft = useDraft({ name: programme.name, code: programme.code ?? '', unit: programme.unit })
  const saving = useChangeProgramme(programme.id)
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, ['name', 'code', 'unit_id'])
  const labels = { name: t('fieldName'), code: t('fieldCode'), unit: t('fieldParent') }

  const change = (more: Partial<typeof draft.now>) => {
    draft.set(more)
    if (saving.isSuccess) saving.reset()
  }
  const save = () => {
    const { name, code, unit } = draft.now
    saving.mutate(
      { change: { name: name.trim(), code: code.trim() || null, unit_id: unit?.id ?? null }, version },
      {
        onSuccess: draft.reset,
        onError: (error) => {
          if (!isOvertaken(error)) return
          draft.overtaken()
          void queryClient.refetchQueries(programmeQuery(programme.id))
        },
      },
    )
  }

  return (
    <Slab title={t('settings')}>
      <Form error={errors.form} failure={overtaken ? null : saving.error} onSubmit={() => saving.isPending || save()}>
        {overtaken && <Conflict changed={(draft.conflict ?? []).map((field) => labels[field])} />}
        <div className={admin.form}>
          <TextField
            label={t('name')}
            value={draft.now.name}
            onChange={(event) => change({ name: event.target.value })}
            maxLength={160}
            autoComplete="off"
            error={errors.fields.name}
          />
          <TextField
            label={t('code')}
            hint={t('programmeCodeHint')}
            optional
            value={draft.now.code}
            onChange={(event) => change({ code: event.target.value })}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            error={errors.fields.code}
          />
          <UnitField
            label={t('taughtBy')}
            optional
            value={draft.now.unit}
            onChange={(unit) => change({ unit })}
            error={errors.fields.unit_id}
          />
        </div>
        <SaveBar
          busy={saving.isPending}
          saved={saving.isSuccess}
          conflict={overtaken}
          onTakeTheirs={() => {
            draft.reset()
            saving.reset()
          }}
        />
      </Form>
    </Slab>
  )
}
