import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import { Form } from '@/components/forms/Form'
import { Slab, Slabs } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { Conflict } from '../Conflict'
import { SaveBar } from '../SaveBar'
import { AddUnit } from './AddUnit'
import { DeletePlace } from './DeletePlace'
import { texts, unitKindNames } from './i18n'
import { useChangeUnit, useDeleteUnit } from './mutations'
import { PlaceHead } from './PlaceHead'
import { Programmes } from './Programmes'
import { type UnitPlace, unitQuery } from './queries'
import styles from './structure.module.css'
import { UnitFields, type UnitSaid, unitFields, unitSent } from './UnitFields'
import { Branches } from './UnitTree'

interface UnitViewProps {
  id: string
  unitAddress: (id: string) => string
  programmeAddress: (id: string) => string
  onGone: () => void
}

/** A unit: what it contains, what it teaches, and what is said of it. */
export function UnitView({ id, ...rest }: UnitViewProps) {
  const unit = useQuery(unitQuery(id))
  return (
    <Loaded query={unit} lines={8}>
      {({ data, version }) => <View key={id} unit={data} version={version} {...rest} />}
    </Loaded>
  )
}

interface ViewProps extends Omit<UnitViewProps, 'id'> {
  unit: UnitPlace
  version: string
}

function View({ unit, version, unitAddress, programmeAddress, onGone }: ViewProps) {
  const t = useText(texts)
  const tk = useText(unitKindNames)
  const deleting = useDeleteUnit(unit.id, version)
  return (
    <>
      <PlaceHead
        name={unit.name}
        path={unit.path.map(({ id, name }) => ({ name, to: unitAddress(id) }))}
        lead={tk(unit.kind)}
      />
      <Slabs>
        <Slab title={t('within')}>
          <div className={styles.tree}>
            <Branches
              parentId={unit.id}
              addressOf={unitAddress}
              empty={<p className={admin.muted}>{t('nothingWithin')}</p>}
            />
          </div>
          <AddUnit parent={unit} />
        </Slab>
        <Programmes unit={unit} addressOf={programmeAddress} />
        <Settings unit={unit} version={version} />
        <DeletePlace
          name={unit.name}
          deletable={unit.abilities.includes('delete')}
          onDelete={deleting.mutateAsync}
          onGone={onGone}
        />
      </Slabs>
    </>
  )
}

function Settings({ unit, version }: { unit: UnitPlace; version: string }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const parent = unit.path.at(-1) ?? null
  const draft = useDraft<UnitSaid>({ name: unit.name, kind: unit.kind, code: unit.code ?? '', parent })
  const saving = useChangeUnit(unit.id)
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, unitFields)
  const labels = { name: t('fieldName'), kind: t('fieldKind'), code: t('fieldCode'), parent: t('fieldParent') }

  const save = () =>
    saving.mutate(
      { change: unitSent(draft.now), version },
      {
        onSuccess: draft.reset,
        onError: (error) => {
          if (!isOvertaken(error)) return
          draft.overtaken()
          void queryClient.refetchQueries(unitQuery(unit.id))
        },
      },
    )

  return (
    <Slab title={t('settings')}>
      <Form error={errors.form} failure={overtaken ? null : saving.error} onSubmit={() => saving.isPending || save()}>
        {overtaken && <Conflict changed={(draft.conflict ?? []).map((field) => labels[field])} />}
        <div className={admin.form}>
          <UnitFields
            unit={draft.now}
            onChange={(more) => {
              draft.set(more)
              if (saving.isSuccess) saving.reset()
            }}
            errors={errors.fields}
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
