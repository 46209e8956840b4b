import type { ButtonProps } from '@hubspot/ui-extensions';
import { createContext, useContext, type ReactNode } from 'react';
import { Button } from './buttons.tsx';

interface PageLinkProps {
  to: string;
  params?: Record<string, string>;
  children?: ReactNode;
}
interface Children {
  children?: ReactNode;
}

/** Links inside a header's primary action look primary. */
const VariantContext = createContext<'primary' | 'secondary'>('secondary');

/** Moves inside the app's own pages; set by whoever runs the extension. */
export const NavigateContext = createContext<(to: string, params: Record<string, string>) => void>(
  () => undefined,
);

export function PageLink({ to, params = {}, children }: PageLinkProps) {
  const navigate = useContext(NavigateContext);
  return (
    <button
      type="button"
      role="link"
      className="ui-plain ui-link ui-link-primary"
      onClick={() => navigate(to, params)}
    >
      {children}
    </button>
  );
}

function PageButton({ to, params = {}, children }: PageLinkProps) {
  const navigate = useContext(NavigateContext);
  const variant = useContext(VariantContext);
  return (
    <button
      type="button"
      role="link"
      className={`ui-button ui-button-${variant} ui-size-sm`}
      onClick={() => navigate(to, params)}
    >
      {children}
    </button>
  );
}

/** The page around it has the first heading already: the name of the app. */
export function PageTitle({ children }: Children) {
  return <h2 className="ui-page-title">{children}</h2>;
}

export function PageHeader({ children }: Children) {
  return <header className="ui-page-header">{children}</header>;
}

export function PagePrimaryAction({ children }: Children) {
  return <VariantContext.Provider value="primary">{children}</VariantContext.Provider>;
}

export function PageHeaderActions({ children }: Children) {
  return <div className="ui-row ui-gap-sm">{children}</div>;
}

export function PageHeaderPageLink(props: PageLinkProps) {
  return <PageButton {...props} />;
}

export function HeaderLink(props: ButtonProps) {
  const variant = useContext(VariantContext);
  return <Button size="sm" variant={variant} {...props} />;
}

export function PrimaryHeaderActionButton(props: ButtonProps) {
  return <Button size="sm" variant="primary" {...props} />;
}

export function PageBreadcrumbs({ children }: Children) {
  return (
    <nav className="ui-breadcrumbs" aria-label="Breadcrumbs">
      {children}
    </nav>
  );
}

export function PageBreadcrumbsCurrent({ children }: Children) {
  return <span aria-current="page">{children}</span>;
}
