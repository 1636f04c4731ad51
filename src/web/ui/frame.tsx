import { FRAME_PATHS } from './frame-paths.js';
import { Icon } from './icon.js';

export interface SignedIn {
  readonly name: string;
  readonly authorityName: string;
  /** Functions asserted by the login; who works with no case gets no search in cases. */
  readonly functions: readonly string[];
}

export interface NavItem {
  readonly label: string;
  readonly href: string;
  /** 'page' on the page itself, 'within' on a page below it. */
  readonly current: boolean | 'page' | 'within';
}

/** Keyboard shortcuts by menu item; `shortcuts.js` reads them from the links. */
const SHORTCUTS: Readonly<Record<string, string>> = { 'Mit arbejde': 'g w', Sager: 'g s', 'Ny henvendelse': 'n' };

const WITHOUT_CASES: readonly string[] = ['auditor', 'admin'];
const hasCases = (user: SignedIn): boolean => user.functions.some((one) => !WITHOUT_CASES.includes(one));

interface HeaderProps {
  readonly user?: SignedIn;
  readonly nav: readonly NavItem[];
  readonly csrf?: string;
  readonly demonstration?: boolean;
}

export const PageHeader = ({ user, nav, csrf, demonstration }: HeaderProps) => (
  <header class="top">
    {demonstration === true && (
      <p class="demo-strip">
        <span class="wrap">Demonstration: alle personer er opfundne</span>
      </p>
    )}
    <div class="wrap">
      <div class="top-bar">
        <a class="logo" href={FRAME_PATHS.home}>
          <img src="/assets/logo.svg" alt="" width="28" height="34" />
          <span>Udvej</span>
        </a>
        {user && (
          <>
            {hasCases(user) && <SearchMine id="soeg" label="Søg i mine sager" csrf={csrf} />}
            <div class="user">
              <p class="user-name">
                <strong>{user.name}</strong>
                <span>{user.authorityName}</span> <a href={FRAME_PATHS.ownLogins}>Dine logins</a>
              </p>
              <PrivacyScreenButton />
              <LogOut csrf={csrf} class="log-out" />
              <Menu user={user} nav={nav} csrf={csrf} />
            </div>
          </>
        )}
      </div>
      {nav.length > 0 && (
        <nav class="nav-main" aria-label="Hovedmenu">
          <ul class="no-max-width">
            <NavLinks nav={nav} shortcuts />
          </ul>
        </nav>
      )}
    </div>
  </header>
);

const NavLinks = ({ nav, shortcuts = false }: { readonly nav: readonly NavItem[]; readonly shortcuts?: boolean }) =>
  nav.map((item) => (
    <li key={item.href}>
      <a
        href={item.href}
        aria-current={item.current === false ? undefined : item.current === 'within' ? 'true' : 'page'}
        data-shortcut={shortcuts ? SHORTCUTS[item.label] : undefined}
      >
        {item.label}
      </a>
    </li>
  ));

const CsrfField = ({ csrf }: { readonly csrf?: string }) =>
  csrf === undefined ? null : <input type="hidden" name="_csrf" value={csrf} />;

/** Search goes by POST: what is searched for must not stand in an address. */
const SearchMine = ({ id, label, csrf }: { readonly id: string; readonly label: string; readonly csrf?: string }) => (
  <form class="search-mine" role="search" aria-label={label} method="post" action={FRAME_PATHS.search}>
    <CsrfField csrf={csrf} />
    <label class="sr-only" for={id}>
      Søg i mine sager
    </label>
    <Icon name="search" />
    <input class="form-input" type="search" id={id} name="q" placeholder="Søg i mine sager" autocomplete="off" data-search />
  </form>
);

/** A link to the neutral page; where scripts run, it blanks the page in place instead. */
const PrivacyScreenButton = () => (
  <a
    class="quiet-button screen-button"
    href={FRAME_PATHS.privacyScreen}
    data-privacy-screen
    aria-keyshortcuts="Alt+Shift+S"
    title="Skjul alt på skærmen (Alt+Shift+S)"
  >
    <Icon name="visibility-off" />
    Skærm
  </a>
);

const LogOut = ({ csrf, class: extra }: { readonly csrf?: string; readonly class?: string }) => (
  <form class={extra} method="post" action={FRAME_PATHS.logOut}>
    <CsrfField csrf={csrf} />
    <button type="submit" class="quiet-button">
      <Icon name="lock" />
      Log ud
    </button>
  </form>
);

/** The folded menu of narrow screens: the same items, rendered from the same list. */
const Menu = ({ user, nav, csrf }: Required<Pick<HeaderProps, 'user' | 'nav'>> & { readonly csrf?: string }) => (
  <details class="menu">
    <summary class="quiet-button">
      <Icon name="menu" />
      Menu
    </summary>
    <div class="menu-panel">
      {hasCases(user) && <SearchMine id="soeg-menu" label="Søg i mine sager, menu" csrf={csrf} />}
      <nav aria-label="Menu">
        <ul class="no-max-width plain-list links">
          <NavLinks nav={nav} />
        </ul>
      </nav>
      <p>
        <strong>{user.name}</strong>
        <br />
        {user.authorityName}
        <br />
        <a href={FRAME_PATHS.ownLogins}>Dine logins</a>
      </p>
      <LogOut csrf={csrf} />
    </div>
  </details>
);

export const PageFooter = ({ authority, version }: { readonly authority?: string; readonly version?: string }) => (
  <footer class="foot">
    <div class="wrap">
      <ul class="no-max-width">
        {authority !== undefined && <li>{authority}</li>}
        <li>
          <a href={FRAME_PATHS.accessibility}>Tilgængelighedserklæring</a>
        </li>
        <li>
          <a href={FRAME_PATHS.shortcuts} data-shortcut-help>
            Genvejstaster
          </a>
        </li>
        <li>
          <a href={FRAME_PATHS.help}>Hjælp</a>
        </li>
        {version !== undefined && <li>{`Version ${version}`}</li>}
      </ul>
    </div>
  </footer>
);
