import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const panelChannel = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
        <value type="int" value="4"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="hide-new-items" type="bool" value="false"/>
      <property name="icon-size" type="int" value="22"/>
    </property>
    <property name="plugin-4" type="string" value="clock"/>
  </property>
</channel>
`;

const notificationSettings = `[global]
  history_length = 200
  sticky_history = yes
  origin = top-right
  offset = 16x48
  width = 360
  font = Sans 10
  format = "<b>%s</b>\\n%b"
  markup = full
  show_indicators = no
[urgency_low]
  timeout = 10
[urgency_normal]
  timeout = 10
[urgency_critical]
  timeout = 0
`;

/** The usual session bus, that root may call as well: the tests run as root and the desktop as an ordinary user. */
const busSettings = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <include>/usr/share/dbus-1/session.conf</include>
  <policy context="mandatory"><allow user="root"/></policy>
</busconfig>
`;

/**
 * Writes what the virtual desktop's programs read into a folder: a panel with a tray (XEmbed and StatusNotifier items), a
 * notification server with a long history, and a key that only the owner of the folder can open the display with.
 * @param {string} folder
 * @returns {Promise<{ configHome: string, busFile: string, authority: string }>} the programs' XDG_CONFIG_HOME, the session bus's settings
 *   and the X authority file
 */
export async function writeDesktopConfig(folder) {
  const configHome = join(folder, 'config');
  const panelFile = join(configHome, 'xfce4', 'xfconf', 'xfce-perchannel-xml', 'xfce4-panel.xml');
  const dunstFile = join(configHome, 'dunst', 'dunstrc');
  for (const file of [panelFile, dunstFile]) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(panelFile, panelChannel);
  await writeFile(dunstFile, notificationSettings);
  const busFile = join(folder, 'bus.conf');
  await writeFile(busFile, busSettings);
  const authority = join(folder, 'Xauthority');
  await writeFile(authority, authorityEntry(), { mode: 0o600 });
  return { configHome, busFile, authority };
}

/** One entry of an X authority file that fits any display: family 0xffff, no address, no number, the protocol's name, a random key. */
function authorityEntry() {
  /** @param {Buffer} bytes */
  const counted = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
  const none = Buffer.alloc(0);
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    counted(none),
    counted(none),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(randomBytes(16)),
  ]);
}
