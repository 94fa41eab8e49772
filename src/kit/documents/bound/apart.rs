//! Binding in a process of its own: this program once more, without network, with little time and memory.
//!
//! The folder of the work holds the files and an order; the process leaves the volume there. When it falls over, whatever the
//! reason, each file is tried by itself, and those that make it fall are only listed.

use std::{ffi::OsString, fs, path::Path, time::Duration};

use anyhow::Context;

use super::{Content, Item, Part, Volume, write};
use crate::kit::{
    confined::{Confinement, Ended, Limits, Printed, Programs},
    error::{AppError, Result},
    writers::{step_back, turn},
};

/// What is to be bound.
const ORDER: &str = "order.json";
/// The volume.
const BOUND: &str = "bound.pdf";
/// Unpacked pictures, the files themselves, and the printer.
const MEMORY: u64 = 5 << 29;

/// What the process does: `cumthidua bind folder`.
pub fn serve(folder: &Path) -> anyhow::Result<()> {
    step_back();
    let order = fs::read(folder.join(ORDER)).context("there is no order")?;
    let volume: Volume = serde_json::from_slice(&order)?;
    let bound = write(&volume, folder)?;
    fs::write(folder.join(BOUND), bound).context("the volume can't be kept")
}

/// Binds a volume whose files are in this folder, with this program; waits while other papers are written.
pub async fn bind(program: &Path, folder: &Path, mut volume: Volume) -> Result<Vec<u8>> {
    let _turn = turn().await?;
    let limits = Limits {
        time: Duration::from_secs(45),
        processor_seconds: 40,
        memory: MEMORY,
        written: 256 << 20,
        ..Limits::default()
    };
    let machine = Programs::of_machine();
    let confinement = Confinement::new(&machine, limits).await.map_err(|name| {
        AppError::conflict(format!(
            "Máy chủ thiếu chương trình {name} nên chưa ghép được. Hãy tải tệp ZIP."
        ))
    })?;
    let bench = Bench {
        program,
        folder,
        confinement,
    };
    if let Some(bound) = bench.attempt(&volume).await? {
        return Ok(bound);
    }
    for item in volume.parts.iter_mut().flat_map(|part| &mut part.items) {
        if !matches!(item.content, Content::Listed(_)) && bench.attempt(&alone(item)).await?.is_none() {
            item.content = Content::Listed("Không ghép được tệp này; xem tệp gốc kèm theo.".to_owned());
        }
    }
    bench
        .attempt(&volume)
        .await?
        .ok_or_else(|| AppError::conflict("Hồ sơ này quá lớn để ghép thành một tệp PDF. Hãy tải tệp ZIP."))
}

/// A volume of one file.
fn alone(item: &Item) -> Volume {
    Volume {
        parts: vec![Part {
            items: vec![item.clone()],
            ..Part::default()
        }],
        ..Volume::default()
    }
}

struct Bench<'a> {
    program: &'a Path,
    folder: &'a Path,
    confinement: Confinement,
}

impl Bench<'_> {
    /// The volume, unless the process falls over it.
    async fn attempt(&self, volume: &Volume) -> Result<Option<Vec<u8>>> {
        let order = serde_json::to_vec(volume)?;
        let written = tokio::fs::write(self.folder.join(ORDER), order).await;
        written.context("an order can't be written")?;
        let arguments = [OsString::from("bind"), self.folder.into()];
        let ended = self.confinement.run(self.program, &arguments, self.folder).await;
        match ended.context("the binder doesn't start")? {
            Ended::Done(Printed { is_success: true, .. }) => {
                let bound = tokio::fs::read(self.folder.join(BOUND)).await;
                Ok(Some(bound.context("the volume is gone")?))
            }
            fallen => {
                tracing::warn!(?fallen, "a volume couldn't be bound");
                Ok(None)
            }
        }
    }
}
