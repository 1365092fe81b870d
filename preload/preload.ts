import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { HostBridge } from './protocol/answer';
import type { BridgeEvent } from './protocol/bridge';

const bridge: HostBridge = {
  request: (name, params) => ipcRenderer.invoke('casebook:request', name, params),
  subscribe(listener) {
    const heard = (_: IpcRendererEvent, event: BridgeEvent) => listener(event);
    ipcRenderer.on('casebook:event', heard);
    return () => ipcRenderer.off('casebook:event', heard);
  },
};

contextBridge.exposeInMainWorld('casebook', bridge);
