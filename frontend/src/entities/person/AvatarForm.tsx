import { messageOf } from '@/api/problem'
import { PictureForm } from '@/components/forms/PictureForm'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import type { SessionMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { usePutAvatar, useRemoveAvatar } from './avatar'
import { texts } from './texts'

/** The member's own picture, which is kept at once, whatever form it stands in. */
export function AvatarForm({ member }: { member: SessionMember }) {
  const t = useText(texts)
  const put = usePutAvatar()
  const remove = useRemoveAvatar()
  const { id, name, public: shown, avatar } = member
  return (
    <PictureForm
      has={avatar !== null}
      onPut={(picture, onProgress) => put.mutateAsync({ picture, onProgress })}
      onRemove={() => remove.mutateAsync()}
      messageOf={messageOf}
      words={{
        lead: t('photoLead'),
        choose: t('choosePhoto'),
        replace: t('replacePhoto'),
        put: t('photoKept'),
        removed: t('photoRemoved'),
        removeTitle: t('removePhotoTitle'),
        removeText: t('removePhotoText'),
      }}
    >
      <span role="img" aria-label={t(avatar ? 'photoPreview' : 'initialsPreview')}>
        <PersonAvatar id={id} name={name} public={shown} size={96} photo={avatar?.large} />
      </span>
    </PictureForm>
  )
}
