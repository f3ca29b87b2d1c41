use ground::{Fault, Practice, Tx, values};

pub async fn keep(tx: &Tx, p: &Practice) -> Result<(), Fault> {
    let sql = "INSERT INTO practice (id, name, phone, zone, country) VALUES (1, $1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET name = $1, phone = $2, zone = $3, country = $4";
    tx.run(sql, values![p.name.clone(), p.phone.clone(), p.zone.clone(), p.country.clone()]).await?;
    Ok(())
}
