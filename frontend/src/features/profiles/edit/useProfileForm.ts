import { useQueryClient } from '@tanstack/react-query'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import type { Level } from '@/entities/person/audiences'
import { type MyProfile, myProfileQuery } from '../queries'
import { changeOf, type Draft, draftOf, type Field } from './draft'
import { useChangeProfile } from './mutations'

/** The profile as it is being written: what differs is sent, and what another window saved first is told. */
export function useProfileForm(profile: MyProfile, version: string) {
  const queryClient = useQueryClient()
  const draft = useDraft(draftOf(profile))
  const saving = useChangeProfile()
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, placesOf(draft.now))
  const change = (more: Partial<Draft>) => {
    draft.set(more)
    if (saving.isSuccess) saving.reset()
  }
  return {
    now: draft.now,
    change,
    changeLevel: (field: Field) => (level: Level) => change({ levels: { ...draft.now.levels, [field]: level } }),
    isChanged: Object.keys(draft.changes).length > 0,
    errorOf: (path: string): string | undefined => errors.fields[path],
    formError: errors.form,
    failure: overtaken ? null : saving.error,
    /** Fields that another window changed first; undefined when none did. */
    conflict: overtaken ? (draft.conflict ?? []) : undefined,
    isSaving: saving.isPending,
    isSaved: saving.isSuccess,
    save: () =>
      saving.mutate(
        { change: changeOf(draft.changes), version },
        {
          onSuccess: draft.reset,
          onError: (error) => {
            if (!isOvertaken(error)) return
            draft.overtaken()
            void queryClient.refetchQueries({ ...myProfileQuery, exact: true })
          },
        },
      ),
    takeTheirs: () => {
      draft.reset()
      saving.reset()
    },
  }
}

export type ProfileForm = ReturnType<typeof useProfileForm>

/** Everything that the server may find fault with and a control can show; the narrowest first. */
function placesOf({ path, links }: Draft): string[] {
  return [
    ...path.flatMap((_, at) => ['title', 'place', 'since', 'until', 'text'].map((name) => `path/${at}/${name}`)),
    ...path.map((_, at) => `path/${at}`),
    ...links.flatMap((_, at) => [`links/${at}/url`, `links/${at}/label`]),
    ...['text', 'capacity', 'minutes', 'formats'].map((name) => `mentoring/${name}`),
    ...['place/city', 'place/country', 'place/time_zone', 'place'],
    ...['pronouns', 'headline', 'biography', 'skills', 'email_address_id'],
  ]
}
