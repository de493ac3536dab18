import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { addressOf } from '../links'
import styles from './page.module.css'

interface LinkDialogProps {
  open: boolean
  onClose: () => void
  editor: Editor
  /** Where what is chosen leads already. */
  href: string | null
}

export function LinkDialog({ open, onClose, editor, href }: LinkDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('link')} width={480}>
      <Linking onClose={onClose} editor={editor} href={href} />
    </Dialog>
  )
}

function Linking({ onClose, editor, href }: Omit<LinkDialogProps, 'open'>) {
  const t = useText(texts)
  const [wrong, setWrong] = useState(false)
  const keep = (written: string) => {
    const address = addressOf(written)
    if (address === undefined) return setWrong(true)
    const chain = editor.chain().focus().extendMarkRange('link')
    if (editor.state.selection.empty && href === null)
      chain.insertContent({ type: 'text', text: written, marks: [{ type: 'link', attrs: { href: address } }] }).run()
    else chain.setLink({ href: address }).run()
    onClose()
  }
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
    onClose()
  }
  return (
    <Form onSubmit={(values) => keep(values('address').trim())}>
      <TextField
        label={t('linkAddress')}
        hint={t('linkHint')}
        name="address"
        defaultValue={href ?? ''}
        inputMode="url"
        autoComplete="off"
        maxLength={2_000}
        error={wrong ? t('linkWrong') : undefined}
        data-autofocus
      />
      <div className={styles.buttons}>
        {href !== null && (
          <Button look="secondary" onClick={remove}>
            {t('removeLink')}
          </Button>
        )}
        <Button type="submit">{t('keep')}</Button>
      </div>
    </Form>
  )
}
