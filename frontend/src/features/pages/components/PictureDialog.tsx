import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../files.texts'
import { useAddPicture } from '../pictures'
import styles from './page.module.css'

const widths = { small: 320, medium: 560, full: null } as const
type Width = keyof typeof widths
const names = Object.keys(widths) as Width[]

/** A new picture of this machine, or the one that is chosen in the text. */
export type Pictured = File | { alt: string; width: number | null }

interface PictureDialogProps {
  pageId: string
  editor: Editor
  of: Pictured
  onClose: () => void
}

/** What a picture shows, in words, and how wide it is: asked before it stands in the page. */
export function PictureDialog({ pageId, editor, of, onClose }: PictureDialogProps) {
  const t = useText(texts)
  const isNew = of instanceof File
  const [width, setWidth] = useState<Width>(isNew ? 'full' : (names.find((one) => widths[one] === of.width) ?? 'full'))
  const [lacks, setLacks] = useState(false)
  const add = useAddPicture(pageId)
  const keep = (alt: string) => {
    if (alt === '') return setLacks(true)
    const attrs = { alt, width: widths[width] }
    if (!isNew) {
      editor.chain().focus().updateAttributes('image', attrs).run()
      return onClose()
    }
    if (add.isPending) return
    add.mutate(of, {
      onSuccess: ({ id }) => {
        editor
          .chain()
          .focus()
          .insertContent({ type: 'image', attrs: { ...attrs, file_id: id } })
          .run()
        onClose()
      },
    })
  }
  return (
    <Dialog open onClose={onClose} title={t(isNew ? 'addPicture' : 'changePicture')} width={520}>
      {isNew && <Preview of={of} />}
      <Form
        error={add.error && messageOf(add.error)}
        failure={add.error}
        onSubmit={(values) => keep(values('alt').trim())}
      >
        <TextField
          label={t('alt')}
          hint={t('altHint')}
          name="alt"
          defaultValue={isNew ? '' : of.alt}
          maxLength={500}
          autoComplete="off"
          error={lacks ? t('altNeeded') : undefined}
          data-autofocus
        />
        <ChoiceGroup
          legend={t('width')}
          options={names.map((value) => ({ value, label: t(`width_${value}`) }))}
          value={width}
          onChange={setWidth}
        />
        <div className={styles.buttons}>
          <Button type="submit" busy={add.isPending}>
            {t(isNew ? 'insertPicture' : 'keepPicture')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function Preview({ of }: { of: File }) {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(of)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [of])
  return address && <img src={address} alt="" className={styles.preview} />
}
