import { expect, test } from 'vitest';
import { distributionFamily, linuxDisplay } from '../../scripts/linux-facts.mjs';

test.each([
  ['debian', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'],
  ['debian', 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n'],
  ['debian', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'],
  ['fedora', 'NAME="Fedora Linux"\nID=fedora\n'],
  ['fedora', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n'],
  ['arch', 'ID=arch\n'],
  ['arch', 'ID=manjaro\nID_LIKE=arch\n'],
  ['other', 'ID=nixos\nNAME="not debian"\n'],
  ['other', ''],
])('family %s', (family, osRelease) => expect(distributionFamily(osRelease)).toBe(family));

test.each<[string, Record<string, string>, string[]]>([
  ['none', {}, []],
  ['none', { CI: 'true' }, ['/tmp/.X11-unix/X0']],
  ['none', { DISPLAY: '' }, []],
  ['x11', { DISPLAY: ':0' }, ['/tmp/.X11-unix/X0']],
  ['x11', { DISPLAY: ':12.0' }, ['/tmp/.X11-unix/X12']],
  ['none', { DISPLAY: ':99' }, ['/tmp/.X11-unix/X0']],
  ['x11', { DISPLAY: 'far.example:10.0' }, []],
  [
    'wayland',
    { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1', DISPLAY: ':0' },
    ['/run/user/1/wayland-0'],
  ],
  ['x11', { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1', DISPLAY: ':0' }, ['/tmp/.X11-unix/X0']],
])('display %s from %o', (display, env, sockets) => {
  expect(linuxDisplay(env, (socket) => sockets.includes(socket))).toBe(display);
});
