import { useNavigate, useRouter } from '@tanstack/react-router'
import { Button, type ButtonProps } from 'antd'

/** A link that looks like a button: it opens in a new tab as links do. */
export function LinkButton({
  to,
  search,
  ...button
}: { to: string; search?: Record<string, string> | undefined } & Omit<ButtonProps, 'href' | 'onClick'>) {
  const navigate = useNavigate()
  const router = useRouter()
  const { href } = router.buildLocation({ to, search: search ?? {} } as never)
  return (
    <Button
      size="small"
      {...button}
      href={href}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        void navigate({ to, search: search ?? {} } as never)
      }}
    />
  )
}
