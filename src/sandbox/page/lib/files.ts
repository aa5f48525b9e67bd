export interface PickedFile {
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
  readonly base64: string;
}

export async function pick(file: File): Promise<PickedFile> {
  return {
    name: file.name,
    mimetype: file.type || 'application/octet-stream',
    size: file.size,
    base64: await base64Of(file),
  };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error(`${file.name} could not be read`));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(file);
  });
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
