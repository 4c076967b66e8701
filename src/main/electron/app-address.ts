/** The scheme that the page is served on; nothing else is. */
export const appScheme = 'app';

/** The origin that the page has, and that every intent must come from. */
export const pageOrigin = 'app://popover';

/** The address of the page. */
export const pageAddress = `${pageOrigin}/index.html`;

/** The policy that every answer of the app's scheme carries: own files only, nothing inline, no network. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');
