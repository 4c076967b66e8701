/** Style sheets are imported for their effect; the bundler turns them into one file that the page links. */
declare module '*.css';
