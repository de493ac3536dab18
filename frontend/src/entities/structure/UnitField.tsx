import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Choice, ComboField } from '@/components/forms/ComboField'
import type { FieldProps } from '@/components/forms/Field'
import { programmesQuery, unitsQuery } from './queries'

interface PlaceFieldProps extends FieldProps {
  value: Choice | null
  onChange: (value: Choice | null) => void
  disabled?: boolean
}

/** A unit among all of them, found by words of its name. */
export function UnitField(props: PlaceFieldProps) {
  const [words, setWords] = useState('')
  const { data = [], isFetching } = useQuery({ ...unitsQuery(words), placeholderData: keepPreviousData })
  return <ComboField {...props} choices={data} onWrite={setWords} busy={isFetching} />
}

/** A programme of one unit; absent when the unit teaches none. */
export function ProgrammeField({ unitId, ...props }: PlaceFieldProps & { unitId: string }) {
  const [words, setWords] = useState('')
  const some = useQuery(programmesQuery(unitId)).data ?? []
  const { data = [], isFetching } = useQuery({ ...programmesQuery(unitId, words), placeholderData: keepPreviousData })
  if (some.length === 0) return null
  return <ComboField {...props} choices={data} onWrite={setWords} busy={isFetching} />
}
